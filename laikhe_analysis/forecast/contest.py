"""How the methods did in the M3 contest, and what correcting them changed on other series.

Written by `benchmarks/contest.py` from `benchmarks/results/` (measured 2026-11-27). M3: Makridakis and
Hibon 2000, 645 yearly series. Foundation models: as published with fev, "Chronos zero-shot
benchmark II" (github.com/autogluon/fev, dataset monash_m3_yearly, read 2026-11): not run here.
"""

__all__ = ["CONTEST", "CORRECTION"]

CONTEST = (
    ("full", "auto", 15.28, 2.5969, 0.84574, 0.97132, 0.47571),
    ("full", "adaptive", 15.308, 2.5438, 0.83669, 0.9646, 0.51395),
    ("full", "combination", 15.387, 2.557, 0.82972, 0.96486, 0.5137),
    ("full", "theta", 16.693, 2.7741, 0.79457, 0.95504, 0.61059),
    ("full", "damped", 17.174, 2.8796, 0.79483, 0.95245, 0.59716),
    ("full", "shrunk_growth", 15.996, 2.6947, 0.82403, 0.96279, 0.523),
    ("full", "drift", 16.705, 2.6284, 0.80801, 0.95426, 0.52222),
    ("full", "naive", 17.88, 3.1717, 0.73075, 0.93953, 0.6677),
    ("full", "statsforecast Theta", 16.65, 2.77, 0.57778, 0.71576, 0.61189),
    ("full", "statsforecast DynamicOptimizedTheta", 15.787, 2.5762, 0.61886, 0.74444, 0.56098),
    ("full", "statsforecast AutoETS", 16.19, 2.6954, 0.70465, 0.83592, 0.56899),
    ("last 6", "auto", 15.984, 2.7808, 0.81292, 0.96641, 0.4863),
    ("last 6", "adaptive", 16.363, 2.794, 0.79664, 0.95194, 0.53075),
    ("last 6", "combination", 16.807, 2.8902, 0.81008, 0.95943, 0.53669),
    ("last 6", "theta", 18.268, 2.8628, 0.7615, 0.94212, 0.62687),
    ("last 6", "damped", 19.909, 3.0503, 0.7522, 0.93023, 0.577),
    ("last 6", "shrunk_growth", 17.766, 3.035, 0.7863, 0.95633, 0.58398),
    ("last 6", "drift", 22.384, 3.1674, 0.75013, 0.91059, 0.53979),
    ("last 6", "naive", 17.88, 3.1717, 0.72016, 0.92868, 0.6677),
    ("last 6", "statsforecast Theta", 18.679, 2.9275, 0.31886, 0.43747, 0.62894),
    ("last 6", "statsforecast DynamicOptimizedTheta", 18.467, 2.9214, 0.28062, 0.39199, 0.56408),
    ("last 6", "statsforecast AutoETS", 17.88, 3.1717, 0.62532, 0.78062, 0.6677),
    ("last 10", "auto", 15.643, 2.6946, 0.83437, 0.9677, 0.49225),
    ("last 10", "adaptive", 15.832, 2.6769, 0.83178, 0.96253, 0.53127),
    ("last 10", "combination", 16.142, 2.7317, 0.83282, 0.96305, 0.52739),
    ("last 10", "theta", 17.676, 2.7816, 0.78036, 0.94677, 0.62972),
    ("last 10", "damped", 18.945, 2.9514, 0.77752, 0.94367, 0.58863),
    ("last 10", "shrunk_growth", 16.5, 2.7831, 0.8199, 0.95943, 0.57881),
    ("last 10", "drift", 18.688, 2.7001, 0.80775, 0.93773, 0.53721),
    ("last 10", "naive", 17.88, 3.1717, 0.72222, 0.93282, 0.6677),
    ("last 10", "statsforecast Theta", 18.017, 2.8026, 0.48863, 0.63101, 0.63075),
    ("last 10", "statsforecast DynamicOptimizedTheta", 17.008, 2.7721, 0.52661, 0.65401, 0.56408),
    ("last 10", "statsforecast AutoETS", 17.726, 2.9703, 0.65323, 0.80078, 0.62765),
    ("full", "TimesFM", None, 2.697, None, None, None),
    ("full", "TiRex", None, 2.71, None, None, None),
    ("full", "Moirai", None, 2.825, None, None, None),
    ("full", "Chronos-Bolt", None, 2.906, None, None, None),
)
"""Years seen, method, sMAPE [%], MASE [times], share in the 80 and 95 %
bands and above the point [fractions]; None: not published."""
CORRECTION = (
    ("m3_train", 7093, -0.0216, -0.01545, 0.5369, 0.4951),
    ("m3_agg", 4294, -0.01953, -0.0204, 0.5396, 0.4944),
    ("gap_misc", 25673, -0.01694, -0.01391, 0.5315, 0.477),
    ("pwt_misc", 9841, -0.06997, -0.06086, 0.6724, 0.6292),
    ("wdi_rgdp wdi_rgdppc pwt_rgdpna", 6356, -0.04524, -0.05071, 0.6256, 0.5823),
    ("gdp_usd", 2135, -0.03252, -0.02496, 0.6419, 0.623),
    ("cpi", 1682, -0.04654, -0.05595, 0.6967, 0.6697),
)
"""Group of series left out of the training, cases, change of quantile loss and sMAPE
against "adaptive", share above the point before and now. [fractions]"""
