"""The model a second time, in plain loops and numpy, with nothing of the library in it."""

import numpy as np

nan = np.nan


def plain(parts, known, rates, years, current):
    """Return every quantity by name as an array of years, NaN where there is none.

    `known` and `rates` are lists by name, the base year first; rates are fractions.
    """

    def k(name, t):
        return known[name][t] if name in known else nan

    def r(name, t):
        return rates[name][t] if name in rates else nan

    out = products(parts, k, r, years)
    for name, rate, start in (
        ("population", "population_growth", None),
        ("crop_value_per_ha", "crop_value_growth", None),
        ("assigned_revenue_without_land", "assigned_growth", 100.0),
    ):
        out[name] = grown(name, lambda t, rate=rate: r(rate, t), start, k, years)
    out["price_index"], out["deflator"] = np.full(years, 100.0), np.full(years, 100.0)
    income, real, nominal = np.full((3, years), nan)
    income[0] = real[0] = k("income_per_capita", 0)
    total = out["total_product"]
    nominal[0] = (total[0] if current else 100.0) + 0 * total[0]
    for t in range(1, years):
        dear = r("inflation", t)
        deflator = r("product_deflator", t)
        deflator = dear if np.isnan(deflator) else deflator
        out["price_index"][t] = out["price_index"][t - 1] * (1 + dear)
        out["deflator"][t] = out["deflator"][t - 1] * (1 + deflator)
        nominal[t] = nominal[t - 1] * total[t] / total[t - 1] * (1 + deflator)
        told = k("income_per_capita", t)
        if np.isnan(told):
            real[t] = real[t - 1] * (1 + r("income_growth_real", t))
            income[t] = real[t] * out["price_index"][t] / 100
        else:
            real[t], income[t] = told / out["price_index"][t] * 100, told
    out |= {"income_per_capita_real": real, "income_per_capita": income,
            "total_product_nominal": nominal}  # fmt: skip

    def growth(t):
        own = r("revenue_growth", t)
        return r("buoyancy", t) * (nominal[t] / nominal[t - 1] - 1) if np.isnan(own) else own

    out["recurrent_revenue"] = grown("recurrent_revenue", growth, 100.0, k, years)
    out["collected_over_assigned"] = out["recurrent_revenue"] / out["assigned_revenue_without_land"]
    fees = [k("land_revenue", 0)]
    for t in range(1, years):
        fees.append(r("land_gross", t) if np.isnan(k("land_revenue", t)) else k("land_revenue", t))
    kept = np.array([nan, *(fees[t] * r("retained_share", t) for t in range(1, years))])
    out |= {"land_revenue": np.array(fees), "land_retained": kept,
            "land_retained_total": np.array([nan, *np.cumsum(kept[1:])]),
            "collected_revenue": out["recurrent_revenue"] + np.array(fees)}  # fmt: skip
    out["total_product_per_head"] = per_head(total / out["population"])
    return out


def products(parts, k, r, years):
    """Return the sectors, their total, shares, growth and contributions."""
    n = len(parts)
    level = np.full((years, n), nan)
    total, grew = np.full(years, nan), np.full((years, n), nan)
    start = np.array([k(f"product_{p}", 0) for p in parts])
    shares = np.array([r(f"share_{p}", 0) for p in parts])
    whole = k("total_product", 0)
    if n and not np.isnan(start).any():
        level[0], total[0] = start, start.sum()
    elif n:
        level[0], total[0] = shares / shares.sum() * (100 if np.isnan(whole) else whole), 100.0
    total[0] = total[0] if np.isnan(whole) else whole
    for t in range(1, years):
        told = np.array([k(f"product_{p}", t) for p in parts])
        rate = np.array([r(f"growth_{p}", t) for p in parts])
        free, whole = np.isnan(told), k("total_product", t)
        level[t] = np.where(free, level[t - 1] * (1 + rate), told)
        if not np.isnan(whole):
            room, rest = whole - told[~free].sum(), level[t][free].sum()
            if np.isnan(rest) or (room > 0 and rest > 0):
                level[t][free] *= room / rest
        total[t] = (level[t].sum() if n else nan) if np.isnan(whole) else whole
        with np.errstate(invalid="ignore", divide="ignore"):
            grew[t] = level[t] / level[t - 1] - 1
        loose = free & np.isnan(whole)
        grew[t][loose] = rate[loose]
    change = np.vstack([np.full((1, n), nan), np.diff(level, axis=0)])
    before = np.concatenate([[nan], total[:-1]])
    out = {"total_product": total, "growth_total_product": total / before - 1}
    for i, p in enumerate(parts):
        out |= {f"product_{p}": level[:, i], f"share_{p}": level[:, i] / total,
                f"growth_{p}": grew[:, i], f"contribution_{p}": change[:, i] / before}  # fmt: skip
    return out


def grown(name, growth, start, k, years):
    """Return a quantity that grows from its first figure, or from an index where there is none."""
    told = [k(name, t) for t in range(years)]
    if start is not None and np.isnan(told).all():
        told[0] = start
    for t in range(1, years):
        if np.isnan(told[t]):
            told[t] = told[t - 1] * (1 + growth(t))
    return np.array(told)


def per_head(ratio):
    """Return the index of a ratio, 100 in the first year that has one."""
    found = np.full(len(ratio), nan)
    for t, value in enumerate(ratio):
        before = found[t - 1] if t else nan
        found[t] = 100 + 0 * value if np.isnan(before) else before * value / ratio[t - 1]
    return found
