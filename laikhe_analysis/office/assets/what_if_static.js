(function () {
  "use strict";
  const D = JSON.parse(document.getElementById("wi-data").textContent);
  const form = document.querySelector(".wi-controls");
  const results = document.querySelector(".wi-results");
  const TITLES = {
    product: "Tốc độ tăng các ngành, bình quân năm", shares: "Cơ cấu năm xuất phát",
    money: "Giá cả, thu ngân sách, thu nhập", land: "Đất đai",
  };
  const names = Object.keys(D.scenarios);
  let tried = { scenario: names[0], values: {}, rule: "", pace: "" };

  function shown(value, decimals) {
    if (value === null || value === undefined || !isFinite(value)) return "…";
    const [whole, rest] = Math.abs(value).toFixed(decimals).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
    const zero = !/[1-9]/.test(whole + (rest || ""));
    return (value < 0 && !zero ? "-" : "") + grouped + (rest ? "," + rest : "");
  }
  function escaped(text) {
    return String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
  }
  /* years over base year: as the scenario has them, or as computed for the step that was chosen */
  function path(base, name, values) {
    if (!(name in values)) return base.ratio[name];
    return D.grid[name][Math.round((values[name] - D.low) / D.step)];
  }
  function last(years) { return years[years.length - 1]; }
  function rate(times) { return 100 * (Math.pow(times, 1 / D.periods) - 1); }

  function structure(base, values) {
    const shares = Object.assign({}, base.shares);
    Object.keys(shares).forEach((s) => { if ("share_" + s in values) shares[s] = values["share_" + s]; });
    if (base.rest !== null && Object.keys(values).some((n) => n.startsWith("share_"))) {
      shares[base.rest] = 0;
      shares[base.rest] = 100 - Object.values(shares).reduce((a, b) => a + b, 0);
    }
    return shares;
  }
  /* the total by year, base year = 1: the sectors add up */
  function totals(base, shares, values) {
    const sectors = Object.keys(shares);
    return base.ratio["growth_" + sectors[0]].map((_, year) =>
      sectors.reduce((sum, s) => sum + (shares[s] / 100) * path(base, "growth_" + s, values)[year], 0));
  }
  /* revenue, base year = 1: R[t] = R[t-1] (1 + b[t] n[t]), n the nominal growth of the product */
  function revenue(base, values, total, prices) {
    if ("revenue_growth" in values || base.buoyancy === null || !total) return last(path(base, "revenue_growth", values));
    let level = 1;
    base.buoyancy.forEach((b, t) => {
      const nominal = t ? (total[t] * prices[t]) / (total[t - 1] * prices[t - 1]) : total[t] * prices[t];
      level = b === null ? base.ratio.revenue_growth[t] : level * (1 + b * (nominal - 1));
    });
    return level;
  }

  /* every number of the page for what is tried */
  function compute(t) {
    const base = D.scenarios[t.scenario], v = t.values, out = {};
    const start = (key) => (key in base.level ? base.level[key] : null);
    const shares = structure(base, v), sectors = Object.keys(shares);
    const prices = "inflation" in base.ratio ? path(base, "inflation", v) : null;
    const deflator = base.deflator || prices;
    const total = sectors.length ? totals(base, shares, v) : null;
    if (total) {
      const before = last(totals(base, base.shares, {}));
      out.total = rate(last(total));
      sectors.forEach((s) => {
        const times = last(path(base, "growth_" + s, v));
        out[s] = shares[s] > 0 ? rate(times) : null;
        out["share_" + s] = (shares[s] * times) / last(total);
      });
      out.total_product = (start("total_product") * last(total)) / before;
      if (start("total_product_nominal") !== null) {
        out.total_product_nominal =
          (start("total_product_nominal") * last(total) * last(deflator)) /
          (before * last(base.deflator || base.ratio.inflation));
      }
    }
    if (start("recurrent_revenue") !== null) {
      const times = revenue(base, v, total, deflator);
      out.recurrent_revenue = (start("recurrent_revenue") * times) / last(base.ratio.revenue_growth);
      out["recurrent_revenue:rate"] = rate(times);
    }
    if (start("income_per_capita_real") !== null) {
      const times = last(path(base, "income_growth_real", v)), was = last(base.ratio.income_growth_real);
      out.income = rate(times);
      out.income_per_capita_real = (start("income_per_capita_real") * times) / was;
      if (start("income_per_capita") !== null) {
        out.income_per_capita = (start("income_per_capita") * times * last(prices)) / (was * last(base.ratio.inflation));
      }
    }
    sales(t, base, out, start);
    return out;
  }
  /* land: fees are area x price x part sold; what is kept of them is as computed for rule and pace */
  function sales(t, base, out, start) {
    const rule = t.rule || base.rule, kept = D.kept[rule];
    if (!kept) return;
    const of = (name) => (name in t.values ? t.values[name] : base.start[name]);
    const [known, mine, part] = kept[t.pace || Object.keys(D.paces)[0]];
    const moved = t.pace || ["area_ha", "price", "sold"].some((name) => name in t.values);
    const perHa = (10 * of("price") * of("sold")) / 100;
    out["land_revenue:sum"] = start("land_revenue:sum");
    out["land_retained:sum"] = start("land_retained:sum");
    if (moved && (of("area_ha") > 0 || "area_ha" in t.values)) {
      out["land_revenue:sum"] = known + of("area_ha") * perHa;
      out["land_retained:sum"] = mine + part * of("area_ha") * perHa;
    } else if (t.rule && t.rule in base.kept) {
      out["land_retained:sum"] = base.kept[t.rule];
    }
    out.investment = out["land_retained:sum"];
    const even = kept[Object.keys(D.paces)[0]];
    if (base.total !== null && even[2] > 0 && perHa > 0) out.need_ha = (base.total - even[1]) / even[2] / perHa;
  }

  /* the rule, the price and the part sold that an area of land rests on */
  function landWords(t) {
    const base = D.scenarios[t.scenario], of = (name) => (name in t.values ? t.values[name] : base.start[name]);
    return `${D.rules[t.rule || base.rule]}, giá ${shown(of("price"), 1)} triệu đồng/m², bán được ${shown(of("sold"), 0)}%`;
  }
  function met(target, value) {
    if (value === null || value === undefined) return null;
    return target.least !== null ? value >= target.least : value <= target.most;
  }
  function cell(key, value, decimals) {
    return `<td class="n" data-key="${escaped(key)}" data-value="${value === null || value === undefined ? "" : value}">${shown(value, decimals)}</td>`;
  }
  function show() {
    const base = D.scenarios[tried.scenario], now = compute(tried);
    const start = { scenario: tried.scenario, values: {}, rule: "", pace: "" }, was = compute(start);
    const head = (first) =>
      `<thead><tr><th scope="col">${first}</th><th scope="col">Kịch bản ${escaped(base.label)}</th><th scope="col">Đang thử</th>`;
    const goals = D.targets.map((g) => {
      const good = met(g, now[g.word]), decimals = g.word === "investment" ? 1 : 2;
      const kind = good === null ? "not_assessed" : good ? "achieved" : "insufficient";
      const words = good === null ? "? chưa tính được" : good ? "✓ sẽ đạt" : "↘ sẽ không đạt";
      return `<tr class="wi-${kind}"><th scope="row">${escaped(g.name)}</th>` + cell(g.id + ":before", was[g.word], decimals) +
        cell(g.id, now[g.word], decimals) + `<td>${escaped(g.goal)}</td><td data-key="${escaped(g.id)}:status">${words}</td></tr>`;
    });
    const figures = D.figures.filter(([key]) => key in now).map(([key, text, unit, decimals]) =>
      `<tr><th scope="row">${escaped(text)}, ${escaped(unit)}</th>` + cell(key + ":before", was[key], decimals) +
      cell(key, now[key], decimals) + "</tr>");
    if ("need_ha" in now) {
      const same = landWords(tried) === landWords(start), by = same ? "" : `đang thử: ${landWords(tried)}; kịch bản: `;
      figures.push(`<tr><th scope="row">Đất ở phải đem đấu giá để đủ tổng vốn, ha (<span data-key="need_ha:why">${escaped(by + landWords(start))}</span>)${D.bare ? `. <span data-key="need_ha:bare">${escaped(D.bare)}</span>` : ""}</th>` +
        cell("need_ha:before", was.need_ha, 2) + cell("need_ha", now.need_ha, 2) + "</tr>");
    }
    const shares = Object.keys(now).filter((key) => key.startsWith("share_"));
    const structure = shares.map((key) =>
      `<tr><th scope="row">Tỷ trọng ${escaped(D.names[key.slice(6)])} năm ${D.last}, %</th>` +
      cell(key + ":before", was[key], 1) + cell(key, now[key], 1) + "</tr>");
    results.innerHTML =
      `<table class="wi-goals">${head("Chỉ tiêu")}<th scope="col">Mục tiêu</th><th scope="col">So với mục tiêu</th></tr></thead><tbody>${goals.join("")}</tbody></table>` +
      `<table class="wi-figures">${head("Con số")}</tr></thead><tbody>${figures.join("")}${structure.join("")}</tbody></table>`;
  }

  function make() {
    const base = D.scenarios[tried.scenario];
    const options = (all) => Object.entries(all).map(([name, text]) => `<option value="${escaped(name)}">${escaped(text)}</option>`).join("");
    const labels = Object.fromEntries(names.map((name) => [name, D.scenarios[name].label]));
    let content = `<p class="wi-choice"><label for="wi-scenario">Kịch bản gốc</label><select id="wi-scenario">${options(labels)}</select><button type="reset">Đặt lại</button></p>`;
    Object.entries(TITLES).forEach(([group, title]) => {
      const rows = D.controls.filter((c) => c.group === group && c.name in base.start);
      if (!rows.length) return;
      content += `<h3>${title}</h3>`;
      if (group === "land") {
        [["rule", "Điều tiết", D.rules], ["pace", "Nhịp bán", D.paces]].forEach(([id, text, all]) => {
          content += `<p class="wi-choice"><label for="wi-${id}">${text}</label><select id="wi-${id}"><option value="">như kịch bản gốc</option>${options(all)}</select></p>`;
        });
      }
      rows.forEach((c) => {
        content += `<p class="wi-line"><label for="wi-${c.name}">${escaped(c.text)}</label>` +
          `<input type="range" id="wi-${c.name}" min="${c.low}" max="${c.high}" step="${c.step}" value="${base.start[c.name]}">` +
          `<output for="wi-${c.name}">${shown(base.start[c.name], 1)}</output><span>${escaped(c.unit)}</span></p>`;
      });
    });
    form.innerHTML = content;
    form.querySelector("#wi-scenario").value = tried.scenario;
  }
  function rest(values) {
    const base = D.scenarios[tried.scenario];
    return 100 - Object.keys(base.shares).filter((s) => s !== base.rest)
      .reduce((sum, s) => sum + ("share_" + s in values ? values["share_" + s] : base.shares[s]), 0);
  }
  form.addEventListener("input", (event) => {
    const name = event.target.id.slice(3);
    if (name === "scenario") {
      tried = { scenario: event.target.value, values: {}, rule: "", pace: "" };
      make();
    } else if (name === "rule" || name === "pace") {
      tried[name] = event.target.value;
    } else {
      const control = D.controls.find((c) => c.name === name);
      let value = Number(Number(event.target.value).toFixed(6));
      const values = Object.assign({}, tried.values, { [name]: value });
      if (name.startsWith("share_") && rest(values) < 0) {
        value = Number((value + rest(values)).toFixed(6));
        event.target.value = value;
        values[name] = value;
      }
      tried.values = values;
      event.target.nextElementSibling.textContent = shown(value, Math.max(control.decimals, 1));
    }
    show();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    tried = { scenario: tried.scenario, values: {}, rule: "", pace: "" };
    make();
    show();
  });
  window.whatIf = { compute: compute };
  make();
  show();
})();
