"""Sensitivity: tornado, break-even, Sobol against exact formulas and SALib, scenario discovery."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from strategies import calm

from laikhe_analysis.sensitivity import break_even, find_box, sobol, sobol_indices, tornado

# methods 4.2, the illustration: area, share sold, price, premium, collection, 1 - costs, retained
FACTORS = ("area", "sold", "price", "premium", "collected", "left", "retained")


def product(x):
    result = x["area"] * 10
    for name in FACTORS[1:]:
        result = result * x[name]
    return result


RANGES = {
    "area": (4.5, 7.0, 8.5),
    "sold": (0.55, 0.8, 1.0),
    "price": (9.0, 14.0, 20.0),
    "premium": (1.0, 1.1, 1.5),
    "collected": (0.8, 0.95, 1.0),
    "left": (0.70, 0.85, 0.95),
    "retained": (0.15, 0.60, 0.80),
}
BASE = 7 * 10 * 0.8 * 14 * 1.1 * 0.95 * 0.85 * 0.60

# ------------------------------------------------------------------ tornado, break-even


def test_tornado_of_a_product():
    found = tornado(product, RANGES)
    assert found.base == pytest.approx(BASE)
    assert found.bars[0].name == "retained", "the rule moves most"
    widths = [bar.width for bar in found.bars]
    assert widths == sorted(widths, reverse=True)
    price = next(bar for bar in found.bars if bar.name == "price")
    assert (price.at_low, price.at_high) == pytest.approx((BASE * 9 / 14, BASE * 20 / 14))


def test_tornado_takes_a_function_of_an_array():
    found = tornado(lambda x: float(x.prod()), [(1, 2, 3), (4, 5, 9)])
    assert found.base == 10
    assert [(bar.name, bar.at_low, bar.at_high) for bar in found.bars] == [
        (0, 5.0, 15.0),
        (1, 8.0, 18.0),
    ]


def test_break_even_of_a_product_is_base_times_target_over_result():
    target = 504.276
    limits = {"area": (0, 20), "price": (0, 50), "premium": (1, 2)}
    found = break_even(product, RANGES, target, limits=limits)
    for name, (_, base, high) in RANGES.items():
        wanted = base * target / BASE
        if wanted <= limits.get(name, (0, high))[1]:
            assert found[name].value == pytest.approx(wanted, rel=1e-12), name
        else:
            assert found[name].value is None
            assert found[name].reason.en.startswith("not reachable by this input alone: from ")
    # methods 4.2: "collection and cost cannot close the gap alone"
    assert found["collected"].value is None
    assert found["left"].value is None
    assert found["price"].value is not None


@settings(calm, max_examples=40)
@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=5), st.floats(0.05, 0.95))
def test_break_even_reaches_the_target(bases, part):
    ranges = [(0.0, base, 3 * base) for base in bases]

    def f(x):
        return float(np.sum(np.sqrt(x)))

    target = f(np.array(bases)) * (0.5 + part)
    for i, found in break_even(f, ranges, target).items():
        if found.value is not None:
            x = np.array(bases)
            x[i] = found.value
            assert f(x) == pytest.approx(target, rel=1e-9)


@pytest.mark.parametrize(
    ("f", "span", "target", "crossings", "value"),
    [
        # (x - 1)^2 = 1/4 at 1/2 and 3/2, both ends above
        (lambda x: (x - 1) ** 2, (0, 1.1, 3), 0.25, (0.5, 1.5), 1.5),
        # 1 - (x - 1)^2 = 1/4 at 1 -+ sqrt(3)/2, both ends below
        (lambda x: 1 - (x - 1) ** 2, (0, 0.9, 2), 0.25, (1 - 0.75**0.5, 1 + 0.75**0.5), 0.1339746),
        # sin = 0 inside and at 0; ends on either side of no crossing at all
        (np.sin, (0.5, 1, 13), 0, (np.pi, 2 * np.pi, 3 * np.pi, 4 * np.pi), np.pi),
        # touched between two steps; passed twice within one step
        (lambda x: -((np.exp(x) - 2) ** 2), (0, 0.1, 2), 0, (np.log(2),), np.log(2)),
        (lambda x: (x - 0.777) ** 2, (0, 0.1, 2), 1e-6, (0.776, 0.778), 0.776),
        # a stretch on the target: its ends, and the base in it
        (lambda x: min(x, 1.0), (0, 1.7, 2), 1.0, (1.0, 1.7, 2.0), 1.7),
        (lambda x: 3.0, (0, 1, 2), 3.0, (0.0, 1.0, 2.0), 1.0),
        # a stretch that begins between two steps; a kink that touches between two steps
        (lambda x: min(x, 0.6) * 100, (0, 0.5, 1), 60.0, (0.6, 1.0), 0.6),
        (lambda x: abs(x - 0.3333), (0, 0.8, 1), 0.0, (0.3333,), 0.3333),
        # an end on the target; an input without room
        (lambda x: x, (0, 1, 2), 2.0, (2.0,), 2.0),
        (lambda x: x, (1, 1, 1), 1.0, (1.0,), 1.0),
    ],
    ids=["two, ends above", "two, ends below", "four", "touched", "twice in a step", "stretch",
         "constant", "stretch between steps", "kink", "end", "no room"],
)  # fmt: skip
def test_break_even_finds_every_crossing(f, span, target, crossings, value):
    found = break_even(lambda x: float(f(x["a"])), {"a": span}, target)["a"]
    assert found.crossings == pytest.approx(crossings, abs=1e-7)
    assert found.value == pytest.approx(value, abs=1e-7)
    assert found.value in found.crossings
    assert found.reason is None


def test_what_is_out_of_reach_shows_the_highest_result_inside_the_limits():
    found = break_even(lambda x: x["a"] * (4 - x["a"]), {"a": (0, 1, 4)}, 5.0)["a"]
    assert (found.value, found.crossings) == (None, ())
    assert found.reached == (0.0, pytest.approx(4.0))
    assert found.reason.en == "not reachable by this input alone: from 0 to 4"


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: tornado(sum, {}), ValueError, "`inputs` must hold at least one input, got none"),
        (lambda: tornado(sum, []), ValueError, "`inputs` must hold at least one input, got none"),
        (lambda: break_even(sum, {}, 1), ValueError, "at least one input"),
        (lambda: sobol(sum, {}, n=2, rng=np.random.default_rng(1)), ValueError, "at least one"),
        (lambda: tornado(sum, {"a": (1, 2)}), ValueError, r"a: must be \(low, base, high\), got"),
        (lambda: tornado(lambda x: np.nan, {"a": (1, 2, 3)}), ValueError,
         "must return a finite number, got nan at a = 1"),
        (lambda: break_even(lambda x: np.inf, {"a": (1, 2, 3)}, 1), ValueError,
         "must return a finite number, got inf at a = 1"),
        (lambda: break_even(sum, {"a": (1, 2, 3)}, np.nan), ValueError, "`target` must be a fin"),
        (lambda: break_even(sum, {"a": (1, 2, 3)}, 1, limits={"b": (0, 1)}), ValueError,
         "`limits` b: there is no such input; there are: a"),
        (lambda: break_even(sum, {"price": (1, 2, 3)}, 1, limits={"prize": (0, 1)}), ValueError,
         "no such input; did you mean price"),
        (lambda: tornado(sum, {"a": (1, "2", 3)}), TypeError, "`inputs a` must be a number, got '1'"),
        (lambda: sobol(sum, {"a": (0, None)}, n=2, rng=np.random.default_rng(1)), ValueError,
         r"`inputs` a: must be \(low, high\), got \(0, None\)"),
        (lambda: sobol(sum, {"a": (0, 1, 2)}, n=2, rng=np.random.default_rng(1)), ValueError,
         r"a: must be \(low, high\)"),
        (lambda: sobol(sum, {"a": (0, 1)}, n=2.0, rng=np.random.default_rng(1)), ValueError,
         r"power of 2, got 2\.0"),
        (lambda: sobol(lambda x: x["a"][:3], {"a": (0, 1)}, n=8, rng=np.random.default_rng(1)),
         ValueError, r"`f` must return one result per case, \(8,\), got \(3,\)"),
        (lambda: sobol(sum, {"a": (0, 1)}, n=2, rng=0), TypeError, "`rng` must be a seeded"),
        (lambda: tornado(lambda x: "5", {"a": (1, 2, 3)}), TypeError, "`f` must be a number, got '5'"),
        (lambda: break_even(sum, {"a": (1, 2, 3)}, "1"), TypeError, "`target` must be a number"),
        (lambda: break_even(sum, {"a": (1, 2, 3)}, 1, limits={"a": (0, 1, 2)}), ValueError,
         r"a: must be \(lowest, highest\), got 0, 1, 2"),
        (lambda: break_even(sum, {"a": (1, 2, 3)}, 1, limits={"a": (1, 0)}), ValueError,
         r"`limits` a: must be \(lowest, highest\), got 1, 0"),
        (lambda: sobol(sum, {"a": (0, 1)}, n=2, rng=None), TypeError, "`rng` must be a seeded"),
    ],
)  # fmt: skip
def test_what_has_no_answer_is_refused(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_a_function_of_arrays_is_called_a_few_times_and_gives_the_same():
    calls = []

    def counted(x):
        calls.append(np.size(x["price"]))
        return product(x)

    limits = {name: (0.0, 2 * high) for name, (_, _, high) in RANGES.items()}
    one_by_one = break_even(product, RANGES, 504.276, limits=limits)
    at_once = break_even(counted, RANGES, 504.276, limits=limits, arrays=True)
    assert at_once == one_by_one
    assert len(calls) < 20, "the grid in one call, the roots together"
    bent = {"a": (0, 1.1, 3), "b": (0, 0.777, 2)}
    f = lambda x: (x["a"] - 1) ** 2 + (x["b"] - 0.5) ** 2  # noqa: E731
    assert break_even(f, bent, 0.25, arrays=True) == break_even(f, bent, 0.25)
    assert tornado(product, RANGES, arrays=True) == tornado(product, RANGES)
    with pytest.raises(ValueError, match="must return a finite number, got nan at a = 1"):
        break_even(lambda x: x["a"] * np.nan, {"a": (1, 2, 3)}, 1, arrays=True)


def test_inputs_from_a_frame_or_a_series_keep_their_names():
    frame = pd.DataFrame(RANGES, index=["low", "base", "high"]).T[["high", "low", "base"]]
    assert tornado(product, frame) == tornado(product, RANGES)
    assert tornado(product, pd.Series(RANGES)) == tornado(product, RANGES)
    ends = frame[["low", "high"]]
    given = {name: (low, high) for name, (low, _, high) in RANGES.items()}
    found = [sobol(product, x, n=64, rng=np.random.default_rng(1)) for x in (ends, given)]
    assert found[0] == found[1]
    with pytest.raises(ValueError, match="`inputs` must have columns low and high, got "):
        tornado(product, frame[["low"]])
    with pytest.raises(ValueError, match="`inputs` has area twice"):
        tornado(product, frame.loc[["area", "area"]])


@pytest.mark.parametrize("given", [(np.nan, 1, 2), (0, np.nan, 2), (0, 1, None)], ids=str)
def test_a_range_with_a_gap_is_an_error(given):
    with pytest.raises(ValueError, match=r"`inputs` a: base .* is not within"):
        tornado(lambda x: x["a"], {"a": given})


def test_a_base_outside_its_range_is_an_error():
    with pytest.raises(ValueError, match="`inputs` area: base 9 is not within 4 to 6"):
        tornado(lambda x: x["area"], {"area": (4, 9, 6)})
    with pytest.raises(ValueError, match="is not within"):
        break_even(lambda x: x["area"], {"area": (4, 3, 6)}, 5)


# ------------------------------------------------------------------ Sobol

UNIFORM = {f"x{i}": (1 - 0.1 * (i + 1), 1 + 0.1 * (i + 1)) for i in range(7)}


def plain_product(x):
    result = 1.0
    for name in UNIFORM:
        result = result * x[name]
    return result


def exact():
    """Return S and T of a product of independent factors (methods 4.2): by their variations."""
    squared = np.array([((high - low) ** 2 / 12) for low, high in UNIFORM.values()])
    whole = np.prod(1 + squared)
    return squared / (whole - 1), squared * whole / (1 + squared) / (whole - 1)


def indices(rng, n=8192):
    first, total, _ = sobol(plain_product, UNIFORM, n=n, rng=rng)
    return np.array(list(first.values())), np.array(list(total.values()))


def test_sobol_agrees_with_the_exact_product_formula():
    found = indices(np.random.default_rng(1))
    for got, wanted in zip(found, exact(), strict=True):
        assert got == pytest.approx(wanted, abs=0.01)


def test_sobol_intervals_cover():
    wanted, inside = exact(), []
    for seed in range(30):
        found = sobol(plain_product, UNIFORM, n=1024, rng=np.random.default_rng(seed))
        for i, both in enumerate(found.intervals.values()):
            inside += [low <= wanted[k][i] <= high for k, (low, high) in enumerate(both)]
    assert np.mean(inside) > 0.93


def test_sobol_errors_fall_faster_than_those_of_random_points():
    spread = [
        np.std([indices(np.random.default_rng(seed), n)[1] for seed in range(12)], axis=0).mean()
        for n in (256, 4096)
    ]
    assert spread[1] < spread[0] / 4, "16 times the points: more than 4 times as accurate"


@pytest.mark.filterwarnings("ignore")  # SALib's own
def test_sobol_equals_salib_on_the_same_points():
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample

    names = list(UNIFORM)
    problem = {"num_vars": 7, "names": names, "bounds": [list(UNIFORM[n]) for n in names]}
    points = sample.sample(problem, 1024, calc_second_order=False, seed=3)
    results = points.prod(axis=1)
    theirs = analyze.analyze(problem, results, calc_second_order=False, seed=3)
    table = results.reshape(1024, 9)
    first, total, errors = sobol_indices(table[:, 0], table[:, 8], table[:, 1:8].T)
    np.testing.assert_allclose(first, theirs["S1"], atol=1e-12)
    np.testing.assert_allclose(total, theirs["ST"], atol=1e-12)
    # SALib resamples 100 times, we use the delta method: the same widths within its noise
    np.testing.assert_allclose(1.96 * errors[0], theirs["S1_conf"], rtol=0.5)
    np.testing.assert_allclose(1.96 * errors[1], theirs["ST_conf"], rtol=0.5)
    ours = indices(np.random.default_rng(3))
    assert ours[0] == pytest.approx(theirs["S1"], abs=0.03)
    assert ours[1] == pytest.approx(theirs["ST"], abs=0.03)


def test_sobol_takes_quantile_functions_and_arrays_and_is_seeded():
    from scipy.special import ndtri

    def f(x):
        return x[..., 0] + 2 * x[..., 1]

    one = sobol(f, [ndtri, lambda u: 5 + ndtri(u)], rng=np.random.default_rng(2))
    assert one.first[1] == pytest.approx(0.8, abs=0.005)
    assert one.total[0] == pytest.approx(0.2, abs=0.005)
    low, high = one.intervals[0][0]
    assert low < one.first[0] < high
    again = sobol(f, [ndtri, lambda u: 5 + ndtri(u)], rng=np.random.default_rng(2))
    assert again == one


def test_an_input_without_effect_has_no_index():
    first, total, _ = sobol(lambda x: x["a"], {"a": (0, 1), "b": (0, 1)},
                            rng=np.random.default_rng(0))  # fmt: skip
    assert total["b"] == 0
    assert first["b"] == pytest.approx(0, abs=1e-12)
    assert first["a"] == pytest.approx(1, abs=0.01)


def test_errors_of_sobol():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="`n` must be a power of 2, got 1000"):
        sobol(plain_product, UNIFORM, n=1000, rng=rng)
    with pytest.raises(ValueError, match="does not vary"):
        sobol(lambda x: 0 * x["a"], {"a": (0, 1)}, n=16, rng=rng)


CONSTANTS = {
    "exactly": lambda x: 0 * x["a"] + 7.5,
    "a single number": lambda x: 7.5,
    "sine and cosine": lambda x: np.sin(x["a"]) ** 2 + np.cos(x["a"]) ** 2,
    "there and back": lambda x: x["a"] / 3 * 3 / x["a"],
    "a sum of parts": lambda x: (0.1 + x["a"] + x["b"]) - x["a"] - x["b"] + 100,
    "nothing but rounding": lambda x: (x["a"] + x["b"]) - x["a"] - x["b"],
    "large": lambda x: 1e15 + x["a"] * 1e-3,
}


@pytest.mark.parametrize("f", CONSTANTS.values(), ids=CONSTANTS)
def test_sobol_of_a_constant_up_to_rounding_does_not_vary(f):
    with pytest.raises(ValueError, match="`f` does not vary with its inputs"):
        sobol(f, {"a": (1, 2), "b": (0, 1)}, n=256, rng=np.random.default_rng(1))


def test_whether_something_holds_is_a_result():
    inputs = {"a": (0, 1), "b": (0, 1)}
    f = lambda x: x["a"] + x["b"] > 0.5  # noqa: E731
    found = sobol(f, inputs, rng=np.random.default_rng(1))
    assert found == sobol(lambda x: 1.0 * f(x), inputs, rng=np.random.default_rng(1))
    bars = tornado(lambda x: x["a"] > 0.5, {"a": (0, 0.2, 1)}).bars
    assert (bars[0].at_low, bars[0].at_high) == (0.0, 1.0)


def test_sobol_of_small_variation_is_still_explained():
    small = sobol(lambda x: 1 + 1e-9 * (x["a"] + 2 * x["b"]), {"a": (0, 1), "b": (0, 1)},
                  rng=np.random.default_rng(1))  # fmt: skip
    assert small.first["b"] == pytest.approx(0.8, abs=0.01)
    rate = sobol(lambda x: x["now"] / x["before"] - 1, {"now": (1.05e16, 1.1e16), "before": (1e16, 1e16)},
                 rng=np.random.default_rng(1))  # fmt: skip
    assert rate.first["now"] == pytest.approx(1, abs=0.01), "small beside its inputs, yet no noise"


@pytest.mark.parametrize("gap", [np.nan, np.inf, -np.inf])
def test_sobol_says_that_results_are_missing(gap):
    def f(x):
        return np.where(x["a"] > 0.9, gap, x["a"])

    with pytest.raises(ValueError, match=r"for every case: \d+ of 768 results are missing"):
        sobol(f, {"a": (0, 1)}, n=256, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match="1 of 12 results are missing"):
        sobol_indices(np.array([gap, 1, 0, 1]), np.ones(4), np.ones((1, 4)))


# ------------------------------------------------------------------ scenario discovery


def illustration(n=20_000, seed=1):
    """Return inputs and results of the illustration in methods 4.2 (invented inputs)."""
    rng = np.random.default_rng(seed)
    tri = rng.triangular
    return {
        "area": tri(4.5, 7, 8.5, n), "sold": tri(0.55, 0.8, 1, n),
        "price": 14 * np.exp(0.25 * rng.standard_normal(n)), "premium": tri(1, 1.1, 1.5, n),
        "collected": tri(0.8, 0.95, 1, n), "left": 1 - tri(0.05, 0.15, 0.30, n),
        "retained": rng.choice([0.60, 0.55, 0.45, 0.15], n, p=[0.7, 0.1, 0.1, 0.1]),
    }  # fmt: skip


def test_box_of_the_illustration():
    x = illustration()
    hit = product(x) >= 504.276
    assert hit.mean() == pytest.approx(0.186, abs=0.02), "methods 4.2: P = 0.186"
    box = find_box(x, hit)
    # "density 62 %, coverage 70 %": as good a box, and the rule among its conditions
    assert box.density > 0.55
    assert box.coverage > 0.65
    assert box.limits["retained"][0] >= 0.55
    assert {"price", "area"} <= set(box.limits)
    assert "left" not in box.limits or box.limits["left"] != (None, None)
    inside = np.ones(len(hit), dtype=bool)
    for name, (low, high) in box.limits.items():
        inside &= (x[name] >= (-np.inf if low is None else low)) & (
            x[name] <= (np.inf if high is None else high)
        )
    assert hit[inside].mean() == pytest.approx(box.density), "the limits say what is inside"
    assert hit[inside].sum() / hit.sum() == pytest.approx(box.coverage)
    assert inside.mean() == pytest.approx(box.mass)
    assert box.base_rate == hit.mean()
    dense = find_box(x, hit, density=0.9, min_mass=0.02)
    assert dense.density >= 0.9
    assert dense.coverage < box.coverage, "density costs coverage"
    assert dense.coverage == max(p.coverage for p in dense.path if p.density >= 0.9), "the widest"


def test_the_path_starts_with_all_and_gains_density():
    x = illustration(5000)
    box = find_box(x, product(x) >= 504.276)
    assert (box.path[0].coverage, box.path[0].mass, box.path[0].limits) == (1.0, 1.0, {})
    density = [step.density for step in box.path]
    assert density == sorted(density)
    assert all(step.mass >= 0.05 for step in box.path)


@settings(calm, max_examples=25)
@given(st.floats(0.2, 0.7), st.floats(0.2, 0.7), st.integers(0, 10**6))
def test_a_planted_box_is_found(low, other, seed):
    x = np.random.default_rng(seed).uniform(0, 1, (4000, 4))
    hit = (x[:, 1] > low) & (x[:, 3] < other + 0.1)
    box = find_box(x, hit)
    assert set(box.limits) >= {"x2", "x4"}
    assert box.density > 0.9
    assert box.coverage > 0.9
    assert box.limits["x2"][0] == pytest.approx(low, abs=0.06)
    assert box.limits["x4"][1] == pytest.approx(other + 0.1, abs=0.06)


def test_categories_are_cut_whole_and_frames_work():
    rng = np.random.default_rng(4)
    frame = pd.DataFrame({"rule": rng.choice([0.15, 0.6, 0.8], 3000), "noise": rng.random(3000)})
    box = find_box(frame, frame["rule"].to_numpy() == 0.6)
    assert box.limits == {"rule": (0.6, 0.6)}
    assert (box.coverage, box.density) == (1, 1)
    renamed = find_box(frame.to_numpy(), frame["rule"] == 0.6, names=["luật", "nhiễu"])
    assert list(renamed.limits) == ["luật"]


@pytest.mark.parametrize(("lang", "begins", "holds"), [
    pytest.param("vi", "Khi giá từ 13,6 và tỷ lệ từ 0,550 đến 0,600: đạt trong 62%", "70%", id="vi"),
    pytest.param("en", "Where giá at least 13.6 and tỷ lệ from 0.550 to 0.600: reached in 62%",
                 "(16% overall)", id="en"),
])  # fmt: skip
def test_words(lang, begins, holds):
    from laikhe_analysis.sensitivity import Box

    box = Box({"price": (13.6, None), "share": (0.55, 0.6)}, 0.7, 0.62, 0.2, 0.164, ())
    words = box.words(lang, {"price": "giá", "share": "tỷ lệ"})
    assert words.startswith(begins)
    assert holds in words
    nothing = Box({}, 1, 0.2, 1, 0.2, ()).words(lang)
    assert nothing.startswith("Không cần điều kiện" if lang == "vi" else "Under any condition")
    assert "không quá 0" in Box({"a": (None, 0.0)}, 1, 1, 1, 1, ()).words("vi")


BAD_BOXES = [
    pytest.param({"hit": np.ones(3, dtype=bool)}, "`hit` must have one value per case", id="size"),
    pytest.param({"hit": np.ones(9, dtype=bool)}, "true for some cases and false", id="all"),
    pytest.param({"hit": np.zeros(9, dtype=bool)}, "true for some cases and false", id="none"),
    pytest.param({"alpha": 0}, "`alpha` and `min_mass` must be 0 to 1", id="alpha"),
    pytest.param({"x": np.arange(9.0)}, "`x` must be a table", id="vector"),
    pytest.param({"names": ["a", "b"]}, "`names` must name 1 inputs, got 2", id="names"),
]


BAD_BOXES += [
    pytest.param({"hit": [True, None] + [False] * 7}, "`hit` must be known, got 1 missing", id="NA"),
    pytest.param({"hit": [1.0, np.nan] + [0.0] * 7}, "`hit` must be known, got 1", id="NaN in hit"),
    pytest.param({"x": np.r_[np.nan, np.arange(8.0)][:, None]}, "`x` x1 must be known in every case: 1",
                 id="NaN"),
    pytest.param({"x": {"a": np.arange(9.0), "price": [None] * 2 + [1.0] * 7}},
                 "`x` price must be known in every case: 2 are missing", id="NaN in a driver"),
    pytest.param({"x": {"a": np.arange(9.0), "b": np.arange(8.0)}}, "of every input, got a .9,., b .8",
                 id="lengths"),
    pytest.param({"x": pd.DataFrame([[1, 2]] * 9, columns=["a", "a"])}, "`x` has a twice", id="twice"),
    pytest.param({"x": {}, "hit": []}, "`x` must hold at least one input", id="no input"),
    pytest.param({"x": np.ones((9, 2)), "names": ["a", "a"]}, "each input once, got a, a", id="names"),
    pytest.param({"density": 60}, r"`density` must be from 0 to 1 .*60 % is 0\.6", id="density"),
    pytest.param({"alpha": 5}, "`alpha` and `min_mass` must be 0 to 1", id="alpha in per cent"),
]  # fmt: skip


@pytest.mark.parametrize("hit", [np.arange(9), np.full(9, 0.3), ["no"] * 9], ids=str)
def test_a_hit_is_true_or_false(hit):
    with pytest.raises(TypeError, match="`hit` must be true or false"):
        find_box(np.arange(9.0)[:, None], hit)


def test_hits_beside_a_frame_go_by_their_labels():
    frame = pd.DataFrame({"price": np.arange(100.0), "noise": np.arange(100.0) % 7})
    hit = frame["price"] >= 60
    wanted = find_box(frame, hit)
    assert wanted.limits == {"price": (61.0, None)}
    assert find_box(frame, hit[::-1]) == wanted
    assert find_box({"price": frame["price"], "noise": frame["noise"][::-1]}, hit) == wanted
    with pytest.raises(ValueError, match="`hit` must have the labels of `x`, got it without 0, 1"):
        find_box(frame, hit.set_axis(range(50, 150)))


def test_a_step_peels_a_twentieth_and_stops_at_a_twentieth():
    x = np.arange(1000.0)[:, None]
    steps = [step.mass for step in find_box(x, x[:, 0] >= 990).path]
    assert steps[1] == pytest.approx(0.95), "alpha is 0.05 unless told otherwise"
    assert steps[2] == pytest.approx(0.95**2, abs=1e-3)
    assert 0.05 <= steps[-1] < 0.0527, "min_mass is 0.05"
    assert find_box(x, x[:, 0] >= 990, alpha=0.1).path[1].mass == pytest.approx(0.9)


@pytest.mark.parametrize(("changes", "message"), BAD_BOXES)
def test_errors_of_find_box(changes, message):
    given_ = {"x": np.arange(9.0)[:, None], "hit": np.arange(9) > 4} | changes
    with pytest.raises(ValueError, match=message):
        find_box(given_.pop("x"), given_.pop("hit"), **given_)


def test_inputs_are_unchanged():
    x = illustration(2000)
    kept = {name: array.copy() for name, array in x.items()}
    find_box(x, product(x) >= 504.276)
    assert all((x[name] == kept[name]).all() for name in x)


@pytest.mark.parametrize("way", [stats.norm(10, 1), stats.norm(10, 1).ppf, stats.Normal(mu=10, sigma=1)],
                         ids=["frozen", "quantiles", "scipy's new kind"])  # fmt: skip
def test_distributions_of_scipy_are_inputs(way):
    # variances 1 (normal) and 1 / 12 (uniform)
    found = sobol(lambda x: x["a"] + x["b"], {"a": way, "b": (0, 1)}, rng=np.random.default_rng(1))
    assert found.first["a"] == pytest.approx(12 / 13, abs=0.01)
