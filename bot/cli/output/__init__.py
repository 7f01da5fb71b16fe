"""What commands print: for people, as JSON, while work goes on, as a page of figures."""
