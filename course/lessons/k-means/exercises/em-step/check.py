import numpy as np

from glideslope.grade import equal, floats, inputs, law, mistake, probabilities, question


def shares(x, rho, mu, sigma):
    g = np.exp(-0.5 * ((x[:, None] - mu) / sigma) ** 2) / sigma
    return rho * g / (rho * g).sum(axis=1, keepdims=True)


def new_story(x, r, about=None, power=0.5, count=None, total=None):
    """The M step, with its typical mistakes as options."""
    n_k = r.sum(axis=0) if count is None else count
    mu = r.T @ x / n_k
    away = x[:, None] - (mu if about is None else about)
    sigma = ((r * away**2).sum(axis=0) / n_k) ** power
    return r.sum(axis=0) / (len(x) if total is None else total), mu, sigma


def em_step(x, rho, mu, sigma):
    return new_story(x, shares(x, rho, mu, sigma))


def of(change):
    """A model of a mistake in the shares: `change` gets all four arguments."""
    return lambda x, rho, mu, sigma: new_story(x, change(x, rho, mu, sigma))


def unnormalised(x, rho, mu, sigma):
    return rho * np.exp(-0.5 * ((x[:, None] - mu) / sigma) ** 2) / (sigma * np.sqrt(2 * np.pi))


def down_the_columns(x, rho, mu, sigma):
    joint = unnormalised(x, rho, mu, sigma)
    return joint / joint.sum(axis=0)


def without_height(x, rho, mu, sigma):
    return shares(x, rho * sigma, mu, sigma)


def not_squared(x, rho, mu, sigma):
    joint = rho * np.exp(-0.5 * (x[:, None] - mu) ** 2 / sigma) / sigma
    return joint / joint.sum(axis=1, keepdims=True)


def without_the_half(x, rho, mu, sigma):
    joint = rho * np.exp(-(((x[:, None] - mu) / sigma) ** 2)) / sigma
    return joint / joint.sum(axis=1, keepdims=True)


def all_or_nothing(x, rho, mu, sigma):
    return np.eye(len(mu))[shares(x, rho, mu, sigma).argmax(axis=1)]


VALUES = equal(
    em_step,
    mistake(
        of(lambda x, rho, mu, sigma: shares(x, np.ones_like(mu), mu, sigma)),
        "The shares ignore `rho`: a rare group must not claim as much as a common one of the same bell.",
        "份额里没有用 `rho`：钟形相同时，少见的组不该和常见的组分得一样多。",
    ),
    mistake(
        of(without_height),
        "The bells lack their factor $1/\\sigma_k$: a wide bell is a low one, and the shares feel it.",
        "钟形少了因子 $1/\\sigma_k$：宽的钟形也是矮的钟形，份额会受影响。",
    ),
    mistake(
        of(lambda x, rho, mu, sigma: shares(x, rho, mu, np.sqrt(sigma))),
        "`sigma` is used as a variance in the bells; it is the standard deviation, so square it.",
        "钟形里把 `sigma` 当成了方差；它是标准差，要先平方。",
    ),
    mistake(
        of(not_squared),
        "In the exponent `sigma` is not squared: divide the distance by `sigma` first, then square.",
        "指数里的 `sigma` 没有平方：先用距离除以 `sigma`，再平方。",
    ),
    mistake(
        of(without_the_half),
        "The exponent lacks its half: a bell has fallen to $e^{-1/2}$ of its height at one `sigma` from the middle.",
        "指数里少了二分之一：离中心一个 `sigma` 处，钟形降到最高处的 $e^{-1/2}$。",
    ),
    mistake(
        of(down_the_columns),
        "The shares are divided by the sum over the samples; each *sample* shares itself out among the groups, so divide by the sum over the groups.",
        "份额除以的是对样本求的和；是每个*样本*把自己分给各组，应当除以对组求的和。",
    ),
    mistake(
        of(unnormalised),
        "The shares of a sample do not add up to one: divide by the density of the sample.",
        "一个样本的份额加起来不等于一：还要除以这个样本的密度。",
    ),
    mistake(
        of(all_or_nothing),
        "Each sample is given whole to its likeliest group; that is k-means. EM keeps the shares.",
        "你把每个样本整个给了最可能的那一组；那是 k-means。EM 保留份额。",
    ),
    mistake(
        lambda x, rho, mu, sigma: new_story(x, shares(x, rho, mu, sigma), about=mu),
        "`sigma` is measured from the old means; the floor is highest when it is measured from the new ones.",
        "`sigma` 是从旧的均值量起的；从新的均值量起，地板才最高。",
    ),
    mistake(
        lambda x, rho, mu, sigma: new_story(x, shares(x, rho, mu, sigma), power=1),
        "The last array holds variances; take the root, `sigma` is the standard deviation.",
        "最后一个数组是方差；`sigma` 是标准差，还要开方。",
    ),
    mistake(
        lambda x, rho, mu, sigma: new_story(x, shares(x, rho, mu, sigma), count=float(len(x))),
        "The weighted sums are divided by N; divide by the group's own number of samples, the sum of its shares.",
        "加权和除以了 N；应当除以这一组自己的样本数，也就是它的份额之和。",
    ),
    mistake(
        lambda x, rho, mu, sigma: new_story(x, shares(x, rho, mu, sigma), total=1),
        "`rho` counts samples and does not add up to one: divide by N.",
        "`rho` 还是样本的个数，加起来不等于一：要除以 N。",
    ),
    parts=("rho", "mu", "sigma"),
)


def log_likelihood(x, rho, mu, sigma):
    return np.log(unnormalised(x, rho, mu, sigma).sum(axis=1)).sum()


def does_not_fall(call, x, rho, mu):
    sigma = np.full(len(mu), 2.0)
    before = log_likelihood(x, rho, mu, sigma)
    return log_likelihood(x, *map(np.asarray, call(x, rho, mu, sigma))) >= before - 1e-9


NEVER_FALLS = law(
    does_not_fall,
    "The likelihood has fallen; neither half step of EM can lower it.",
    "似然下降了；EM 的两个半步都不可能使它下降。",
    wanted="a likelihood that does not fall",
)

SIZES = {"N": (5, 8), "K": (2, 3)}
WIDE = {"x": floats("N"), "rho": probabilities("K"), "mu": floats("K")}
NARROW = {"x": floats("N", scale=0.3, digits=2), "rho": probabilities("K"), "mu": floats("K", scale=0.3, digits=2)}
FLAT = {"x": [0.0, 1.0, 2.0, 6.0, 7.0], "rho": [0.4, 0.6], "mu": [1.0, 5.0], "sigma": [1.0, 3.0]}

QUESTIONS = (
    question(
        "Bells of different width", "宽窄不同的钟形", inputs(SIZES, **NARROW, sigma=probabilities("K")), VALUES,
        points=2, examples=(FLAT,),
    ),
    question("The likelihood does not fall", "似然不下降", inputs(SIZES, **WIDE), NEVER_FALLS),
)
