// The article within Telegram: all of the height, and the cited sentence in the middle.
const app = window.Telegram && window.Telegram.WebApp;
if (app) {
  app.ready();
  app.expand();
}
const cited = document.getElementById("cited");
if (cited) {
  cited.scrollIntoView({ block: "center" });
}
