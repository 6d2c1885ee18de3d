import numpy as np


def em_step(x, rho, mu, sigma):
    """Return rho, mu and sigma, each (K,), after one step of EM on the samples x (N,)."""
    raise NotImplementedError
