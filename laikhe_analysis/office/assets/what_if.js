(function () {
  "use strict";
  const D = JSON.parse(document.getElementById("data").textContent);
  const W = D.words, last = D.years.length - 1, $ = (id) => document.getElementById(id);
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const isNumber = (x) => x !== null && x !== undefined && isFinite(x);

  /* ---- numbers as readers write them */
  function written(value, decimals) {
    if (!isNumber(value)) return "…";
    const text = new Intl.NumberFormat(D.lang, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
    return /[1-9]/.test(text) ? text : text.replace("-", "");
  }
  function read(typed) {
    const [point, group] = D.lang === "vi" ? [",", "."] : [".", ","];
    let text = typed.trim().replace(/\s|%/g, "");
    const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+(\\${point}\\d+)?$`);
    if (grouped.test(text)) text = text.split(group).join("");
    return /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(",", ".")) : NaN;
  }
  const exact = (x) => Number(x.toPrecision(12));

  /* ---- settings: a scenario, what was moved by name and year (in the file's unit), a rule */
  const bare = (scenario) => ({ scenario: scenario, edits: {}, rule: "" });
  function fresh(scenario) { /* the commune's own plots where the scenario sells no land */
    const own = Object.keys(D.own).length && D.controls.area_ha && !D.scenarios[scenario].assumed.land_gross;
    return { ...bare(scenario), edits: own ? { area_ha: { ...D.own } } : {} };
  }
  const edited = (s, name, t) => (s.edits[name] || {})[t];
  function ofScenario(s, name, t) {
    const assumed = D.scenarios[s.scenario].assumed, row = assumed[name] || assumed[D.standIn[name]];
    return row && isNumber(row[t]) ? exact(row[t] / D.controls[name].times) : null;
  }
  function landOf(amounts) {
    const assumed = {};
    Object.entries(amounts).forEach(([name, value]) => { assumed[name] = [value]; });
    return land({ years: 1, known: {}, assumed: assumed });
  }
  const ONE = { saleable: 1, premium: 1, sold: 1 };
  const fees = (area, price) => landOf({ ...ONE, area: area * 1e4, price: price }).winning_bids[0];
  const areaFor = (gross, price) => landOf({ ...ONE, gross: gross, price: price }).required_area[0] / 1e4;
  function valueOf(s, name, t) {
    const own = edited(s, name, t);
    if (own !== undefined) return own;
    if (edited(s, D.either[name], t) !== undefined) return null;
    if (name === "price") return D.price;
    if (name !== "area_ha") return ofScenario(s, name, t);
    const gross = (D.scenarios[s.scenario].assumed.land_gross || [])[t];
    return isNumber(gross) ? exact(areaFor(gross, D.price)) : 0;
  }
  const openYears = (name) => D.years.map((_, t) => t).filter((t) => !D.controls[name].closed[t]);
  function lastShare(s) { return D.scenarios[s.scenario].parts.slice(-1)[0]; }

  function inputOf(s) {
    const base = D.scenarios[s.scenario], assumed = {};
    Object.entries(base.assumed).forEach(([name, row]) => { assumed[name] = row.slice(); });
    const set = (name, t, value) => { (assumed[name] = assumed[name] || D.years.map(() => null))[t] = value; };
    Object.entries(s.edits).forEach(([name, years]) => {
      if (D.controls[name].group === "land") return;
      Object.entries(years).forEach(([t, value]) => {
        set(name, Number(t), exact(value * D.controls[name].times));
        const rival = assumed[D.either[name]];
        if (rival) rival[t] = null;
      });
    });
    if (Object.keys(s.edits).some((name) => name.startsWith("share_"))) {
      const others = base.parts.slice(0, -1).reduce((sum, part) => sum + assumed["share_" + part][0], 0);
      set("share_" + lastShare(s), 0, exact(1 - others));
    }
    if (s.edits.area_ha || s.edits.price) {
      for (let t = 1; t <= last; t++) {
        const moved = edited(s, "area_ha", t) !== undefined || edited(s, "price", t) !== undefined;
        const gross = (assumed.land_gross || [])[t];
        if (moved) set("land_gross", t, fees(valueOf(s, "area_ha", t), valueOf(s, "price", t)));
        else if (!isNumber(gross)) set("land_gross", t, 0);
      }
    }
    if (s.rule) assumed.retained_share = D.kept[s.rule];
    return { years: D.years.length, known: base.known, assumed: assumed, option: base.option };
  }

  /* ---- results: the printed model, and one number of a path */
  const run = (s, input) => programs[D.scenarios[s.scenario].program](input);
  function numberOf(out, row, s) {
    const path = out[row.variable];
    if (!path) return null;
    const end = path[last];
    if (row.how === "rate") return Math.pow(end / path[0], 1 / last) - 1;
    if (row.how === "sum") return path.slice(1).reduce((sum, x) => sum + x, 0);
    if (row.how === "mean") return path.slice(1).reduce((sum, x) => sum + x, 0) / last;
    if (row.how === "covered") return (100 * end) / D.total;
    if (row.how === "need_ha") return needed(s);
    return end;
  }
  function needed(s) {
    const shares = s.rule ? D.kept[s.rule] : D.scenarios[s.scenario].assumed.retained_share;
    const years = openYears("area_ha");
    if (!shares || !years.length) return null;
    const mean = (list) => list.reduce((sum, x) => sum + x, 0) / list.length;
    const gross = landOf({ total: D.total, share: mean(years.map((t) => shares[t])), collection: 1, cost: 0 }).required_gross[0];
    return areaFor(gross, mean(years.map((t) => valueOf(s, "price", t))));
  }
  function compute(s) {
    const out = run(s, inputOf(s)), found = {};
    D.goals.concat(D.figures).forEach((row) => {
      const x = numberOf(out, row, s);
      found[row.id] = isNumber(x) ? x : null;
    });
    return found;
  }
  const isMet = (goal, x) => (goal.least === null || x >= goal.least) && (goal.most === null || x <= goal.most);

  /* ---- chances: the page's draws laid on what is tried */
  function unpacked(one) {
    const bytes = Uint8Array.from(atob(one.packed), (c) => c.charCodeAt(0));
    return Float64Array.from(new Int16Array(bytes.buffer), (x) => x * one.step);
  }
  const shocks = D.draws.growth.map((one) => ({ path: one.path, rate: one.rate, values: unpacked(one) }));
  const paid = D.draws.paid ? unpacked(D.draws.paid) : null;
  function chances(s) {
    const input = inputOf(s), middle = run(s, input), n = D.draws.draws, found = {};
    const hits = {}, seen = {};
    const drawn = shocks.filter((one) => (middle[one.path] || [NaN]).every(isNumber));
    const parts = D.scenarios[s.scenario].parts.map((part) => "product_" + part);
    const whole = parts.length && parts.every((name) => drawn.some((one) => one.path === name) && Math.min(...middle[name]) > 0);
    const used = drawn.filter((one) => whole || !one.path.startsWith("product_"));
    const growth = used.map((one) => middle[one.path].map((x, t, path) => (t ? x / path[t - 1] : NaN)));
    D.goals.forEach((goal) => { hits[goal.id] = 0; seen[goal.id] = new Set(); });
    for (let i = 0; i < n; i++) {
      used.forEach((one, k) => {
        const row = [null];
        for (let t = 1; t <= last; t++) row.push(growth[k][t] * Math.exp(one.values[(t - 1) * n + i]) - 1);
        input.assumed[one.rate] = row;
      });
      const out = run(s, input);
      D.goals.forEach((goal) => {
        const is_land = goal.variable === "land_retained_total";
        const x = numberOf(out, goal, s) * (is_land && paid ? paid[i] : 1);
        hits[goal.id] += isMet(goal, x);
        if (seen[goal.id].size < 2) seen[goal.id].add(x);
      });
    }
    D.goals.forEach((goal) => { found[goal.id] = seen[goal.id].size > 1 && isNumber(numberOf(middle, goal, s)) ? hits[goal.id] / n : null; });
    return found;
  }
  function classOf(goal, value, chance) {
    if (!isNumber(value)) return "unknown";
    if (chance === null) return isMet(goal, value) ? "met" : "missed";
    return chance >= D.likely ? "likely" : chance < D.unlikely ? "unlikely" : "open";
  }

  /* ---- the file for `laikhe import`: rows as scenarios.csv has them */
  function changes(s) {
    const base = D.scenarios[s.scenario].assumed, now = inputOf(s).assumed, rows = [];
    const add = (name, values, unit) => {
      for (let t = 0; t <= last; t++) {
        if (!isNumber(values[t])) continue;
        const before = rows[rows.length - 1], year = D.years[t];
        if (before && before[0] === name && before[2] === year - 1 && before[3] === values[t]) before[2] = year;
        else rows.push([name, year, year, values[t], unit]);
      }
    };
    const shares = Object.keys(s.edits).some((name) => name.startsWith("share_"));
    Object.keys(now).filter((name) => name !== "retained_share").forEach((name) => {
      const was = base[name] || [], isShare = name.startsWith("share_"), whole = isShare || name === "land_gross";
      const moved = now[name].map((x, t) => isNumber(x) && x !== was[t]);
      if (!moved.some((x) => x) && !(isShare && shares)) return;
      const c = D.controls[name] || (isShare ? { times: 0.01, unit: "%" } : { times: 1, unit: "billion VND/year" });
      add(name, now[name].map((x, t) => (isNumber(x) && (whole || moved[t]) ? exact(x / c.times) : null)), c.unit);
    });
    if (s.rule && s.rule !== D.scenarios[s.scenario].rule) rows.push(["sharing_rule", D.years[1], D.years[last], s.rule, "rule"]);
    return rows;
  }
  function fileOf(s, name, reason) {
    const cell = (x) => (/[",\n]/.test(String(x)) ? `"${String(x).replace(/"/g, '""')}"` : String(x));
    const line = (cells) => cells.map(cell).join(",") + "\n";
    const years = s.edits.area_ha || s.edits.price ? openYears("area_ha") : [];
    const sum = years.reduce((total, t) => total + valueOf(s, "area_ha", t), 0);
    const more = years.length ? ": " + W.area.replace("X", written(sum, 1)).replace("Y", written(valueOf(s, "price", years[0]), 1)) : "";
    return line(["scenario", "inherits", "variable", "year_from", "year_to", "value", "unit", "origin", "source_id", "approved_by", "note"]) +
      changes(s).map((row) => line([name, s.scenario, ...row, "assumption", "what-if", "", reason + (row[0] === "land_gross" ? more : "")])).join("");
  }
  window.whatIf = { compute: compute, chances: chances, fileOf: fileOf, classOf: classOf, goals: D.goals };

  /* ---- what is seen */
  let tried = fresh(Object.keys(D.scenarios)[0]), waiting = null;
  const stored = Object.fromEntries(Object.keys(D.scenarios).map((name) => [name, compute(bare(name))]));
  const rowsOf = D.goals.map((row) => [row, true]).concat(D.figures.map((row) => [row, false]))
    .map(([row, isGoal], i) => ({ row: row, isGoal: isGoal, cells: all("tr[data-row]")[i] }));
  function fill(cell, row, value) {
    cell.textContent = written(isNumber(value) ? value * row.times : value, row.decimals);
    cell.dataset.value = isNumber(value) ? value : "";
  }
  function show() {
    const now = compute(tried);
    rowsOf.forEach(({ row, cells }) => fill(cells.querySelector(".tried"), row, now[row.id]));
    all("[data-scenario]").forEach((cell) => cell.classList.toggle("base", cell.dataset.scenario === tried.scenario));
    clearTimeout(waiting);
    waiting = setTimeout(() => showChances(now), 60);
  }
  function showChances(now) {
    const found = chances(tried), classes = {};
    rowsOf.filter((one) => one.isGoal).forEach(({ row, cells }) => {
      const p = found[row.id], kind = (classes[row.id] = classOf(row, now[row.id], p)), cell = cells.querySelector(".chance");
      const percent = p === null ? "" : p < 0.005 ? W.below : p > 0.995 ? W.above : written(100 * p, 0) + "%";
      const text = kind === "unknown" && row.variable === "land_retained_total" ? "no_land" : kind;
      cell.textContent = W[text] + (percent && `, ${percent}`);
      cell.className = "chance " + kind;
      cell.dataset.value = p === null ? "" : p;
    });
    const sure = Object.values(classes).filter((kind) => kind === "likely" || kind === "met").length;
    const known = Object.values(classes).filter((kind) => kind !== "unknown").length;
    const total = D.figures.find((row) => row.id === "total_product:last"), kept = now["land_retained_total:last"];
    const parts = [];
    if (total) parts.push(W.growth.replace("X", written(100 * numberOf(run(tried, inputOf(tried)), { ...total, how: "rate" }), 2) + "%"));
    if (isNumber(kept)) parts.push(W.kept.replace("X", written(kept, 1)));
    else if (isNumber(now["land_revenue:sum"])) parts.push(W.rule);
    if (known) parts.push(W.count.replace("X", sure).replace("Y", known));
    const moved = JSON.stringify(tried) !== JSON.stringify(fresh(tried.scenario));
    const opening = moved ? W.tried : (tried.edits.area_ha ? W.own : W.untouched).replace("X", () => D.scenarios[tried.scenario].label);
    $("summary").textContent = `${opening} ${parts.join("; ")}.`;
  }
  function showControls() {
    Object.entries(D.controls).forEach(([name, c]) => {
      const years = c.group === "shares" ? [0] : openYears(name), values = years.map((t) => valueOf(tried, name, t));
      const known = values.filter(isNumber), total = known.reduce((sum, x) => sum + x, 0);
      const value = !known.length ? null : name === "area_ha" ? total : total / known.length;
      const mixed = name !== "area_ha" && known.some((x) => x !== known[0]);
      const places = Math.max(c.decimals, isNumber(value) && !mixed && Math.abs(value * 10 - Math.round(value * 10)) > 1e-9 ? 2 : 0);
      $(name).value = isNumber(value) ? written(value, places) : "";
      $(name).title = mixed ? W.by_year : name === "area_ha" ? W.sum_by_year : "";
      $(name).classList.toggle("mixed", mixed);
      $(name).disabled = $(name + "-slider").disabled = !years.length;
      $(name + "-slider").value = isNumber(value) ? value : 0;
      all(".years input", $(name).parentNode).forEach((input, i) => {
        const one = valueOf(tried, name, i + 1);
        input.value = isNumber(one) ? written(one, Math.abs(one * 10 - Math.round(one * 10)) > 1e-9 ? 2 : c.decimals) : "";
      });
    });
    $("rule") && ($("rule").value = tried.rule);
    $("scenario").value = tried.scenario;
  }

  /* ---- moves */
  function put(s, name, t, value) {
    const rival = s.edits[D.either[name]];
    if (rival) delete rival[t];
    (s.edits[name] = s.edits[name] || {})[t] = value;
  }
  function move(name, value, only) {
    const c = D.controls[name], next = JSON.parse(JSON.stringify(tried));
    const years = c.group === "shares" ? [0] : only ? [only] : openYears(name);
    const blank = only ? openYears(name).filter((t) => !isNumber(valueOf(tried, name, t)) && !isNumber(valueOf(tried, D.either[name] || name, t))) : [];
    blank.forEach((t) => put(next, name, t, value)); /* no year of a variable may stay empty */
    years.forEach((t) => put(next, name, t, name === "area_ha" && !only ? exact(value / years.length) : value));
    if (D.standIn[name]) openYears(name).forEach((t) => { if (edited(next, name, t) === undefined) put(next, name, t, valueOf(tried, name, t)); });
    if (c.group === "shares") {
      const parts = D.scenarios[tried.scenario].parts.slice(0, -1);
      if (parts.reduce((sum, part) => sum + valueOf(next, "share_" + part, 0), 0) > 100) return W.shares;
    }
    tried = next;
    return "";
  }
  function typed(input) {
    const row = input.closest("[data-control]"), name = row.dataset.control, c = D.controls[name];
    const value = input.type === "range" ? exact(Number(input.value)) : read(input.value);
    const only = input.closest(".years") ? Number(input.id.slice(name.length + 1)) : 0;
    const fits = isNumber(value) && value >= c.least && value <= c.most;
    const wrong = fits ? move(name, value, only) : W.number.replace("LOW", written(c.least, 1)).replace("HIGH", written(c.most, 0));
    $("wrong").textContent = wrong && `${c.text}: ${wrong}`;
    input.setAttribute("aria-invalid", String(Boolean(wrong)));
    if (wrong && input.type !== "range") return;
    showControls();
    show();
  }
  $("controls").addEventListener("input", (event) => { if (event.target.type === "range") typed(event.target); });
  $("controls").addEventListener("change", (event) => {
    if (event.target.id === "rule") { tried.rule = event.target.value; show(); }
    else if (event.target.type === "text" && event.target.closest("[data-control]")) typed(event.target);
  });
  function begin(scenario) {
    tried = fresh(scenario);
    all("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
    $("wrong").textContent = $("saved").textContent = "";
    showControls();
    show();
  }
  $("scenario").addEventListener("change", (event) => begin(event.target.value));
  $("reset").addEventListener("click", () => begin(tried.scenario));
  $("by-year").addEventListener("click", (event) => {
    const pressed = document.body.classList.toggle("by-year");
    event.currentTarget.setAttribute("aria-pressed", String(pressed));
  });
  $("save").addEventListener("submit", (event) => {
    event.preventDefault();
    const name = $("name").value.trim(), reason = $("reason").value.trim().replace(/\s+/g, " ");
    const wrong = !/^[\p{L}\p{N}][^\n]*$/u.test(name) || name in D.scenarios ? W.need_name : !reason ? W.need_reason : !changes(tried).length ? W.need_change : "";
    $("saved").className = wrong ? "wrong" : "";
    $("saved").textContent = wrong;
    if (wrong) return;
    const plain = name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/[^a-z0-9]+/g, "_");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([fileOf(tried, name, reason)], { type: "text/csv" }));
    link.download = `kich_ban_${plain.replace(/^_|_$/g, "")}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
    $("saved").textContent = W.saved.split("X").join(link.download);
  });
  rowsOf.forEach(({ row, cells }) => all("td[data-scenario]", cells).forEach((cell) => fill(cell, row, stored[cell.dataset.scenario][row.id])));
  begin(tried.scenario);
})();
