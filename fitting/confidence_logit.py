"""A logistic whose evidence never counts against an answer, so that it holds for collections of any size.

Without that bound the distance to the tenth best candidate gets a negative weight: in collections of a hundred passages
a good tenth candidate tells that the topic is there, in one of thousands there is always one.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

L2 = 1e-3

Array = NDArray[np.float64]


def fit_logistic(x: Array, inside: NDArray[np.bool_], weight: Array) -> tuple[float, list[float]]:
    """Intercept and coefficients, none below 0, from features (questions, features); evidence without spread gets 0."""
    spread = x.std(axis=0)
    scaled = x / np.where(spread > 1e-6, spread, np.inf)

    def loss(values: Array) -> tuple[float, Array]:
        score = values[0] + scaled @ values[1:]
        lost = weight * (np.logaddexp(0, score) - inside * score)
        pull = weight * (expit(score) - inside) / weight.sum()
        gradient = np.concatenate([[pull.sum()], pull @ scaled + 2 * L2 * values[1:]])
        return float(lost.sum() / weight.sum() + L2 * values[1:] @ values[1:]), gradient

    bounds = [(None, None), *[(0, None)] * x.shape[1]]
    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    coefficients = found[1:] / np.where(spread > 1e-6, spread, np.inf)
    return float(found[0]), [float(value) for value in coefficients]
