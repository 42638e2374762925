// What the tests of a page ask it, in the page itself. Every function returns plain values.
"use strict";

globalThis.page = (() => {
  const every = (selector, root = document) => [...root.querySelectorAll(selector)];
  const drawn = (element) => element.checkVisibility({ visibilityProperty: true });
  const named = (element) => {
    const id = element.id ? `#${element.id}` : "";
    const words = (element.textContent || "").replace(/\s+/g, " ").trim().slice(0, 30);
    return `${element.localName}${id}.${element.getAttribute("class") || ""} ${words}`;
  };
  const scrolls = (element) => /^(auto|scroll)$/.test(getComputedStyle(element).overflowX);
  const scroller = (element) => {
    for (let each = element.parentElement; each; each = each.parentElement) if (scrolls(each)) return each;
    return null;
  };
  // What is there for screen readers alone, or comes into view with the focus.
  const aside = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.clipPath !== "none" || style.clip !== "auto" || each.getBoundingClientRect().right < 0) return true;
      if (each.getBoundingClientRect().bottom + scrollY <= 0) return true;
    }
    return false;
  };

  // Colours, blended as a screen would.
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const blend = (layers) => {
    pen.globalAlpha = 1;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, 1, 1);
    for (const { colour, alpha } of layers) {
      pen.globalAlpha = alpha;
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
    }
    return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((each) => each / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      layers.unshift({ colour: getComputedStyle(each).backgroundColor, alpha: 1 });
    }
    // A page with no background of its own stands on the canvas of its colour scheme.
    const probe = document.createElement("div");
    probe.style.cssText = "background-color: Canvas; display: none";
    document.body.append(probe);
    layers.unshift({ colour: getComputedStyle(probe).backgroundColor, alpha: 1 });
    probe.remove();
    return layers;
  };
  const opacity = (element, end) => {
    let product = 1;
    for (let each = element; each && each !== end; each = each.parentElement) product *= Number(getComputedStyle(each).opacity);
    return product;
  };
  const painted = (shape, property, svg) => {
    const style = getComputedStyle(shape);
    if (style[property] === "none") return null;
    return { colour: style[property], alpha: opacity(shape, svg) * Number(style[`${property}Opacity`]) };
  };
  const overlap = (one, other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

  const shapes = (svg) => every("rect, path, line, circle, polygon, polyline, ellipse", svg).filter(
    (each) => drawn(each) && !each.closest("defs, pattern, clipPath, marker"),
  );

  return {
    width: () => document.documentElement.scrollWidth,

    // What reaches out of the page without a box that scrolls.
    outside: () => every("body *").filter((each) => {
      if (!drawn(each) || aside(each) || scroller(each) || each.closest("svg") !== null && each.localName !== "svg") return false;
      const box = each.getBoundingClientRect();
      return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
    }).map(named),

    // Boxes that hide a part of what they hold.
    clipped: () => every("body *").filter((each) => {
      const style = getComputedStyle(each);
      if (!drawn(each) || each.closest("svg") || aside(each)) return false;
      const [x, y] = [/hidden|clip/.test(style.overflowX), /hidden|clip/.test(style.overflowY)];
      return x && each.scrollWidth > each.clientWidth + 1 || y && each.scrollHeight > each.clientHeight + 1;
    }).map(named),

    // Tables wider than their box: who scrolls them, and whether a keyboard can.
    regions: () => every("body *").filter((each) => drawn(each) && scrolls(each) && each.scrollWidth > each.clientWidth + 1).map(
      (each) => ({
        what: named(each),
        role: each.getAttribute("role"),
        tabindex: each.getAttribute("tabindex"),
        label: (each.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean).map(
          (id) => (document.getElementById(id) || { textContent: "" }).textContent.trim(),
        ).join(" ") || each.getAttribute("aria-label") || "",
      }),
    ),

    headings: () => every("h1, h2, h3, h4, h5, h6").filter(drawn).map((each) => [Number(each.localName[1]), each.textContent.trim()]),
    doubled: () => {
      const ids = every("[id]").map((each) => each.id);
      return ids.filter((id, index) => ids.indexOf(id) !== index);
    },
    astray: () => every("a[href^='#']").filter((each) => !document.getElementById(decodeURIComponent(each.hash.slice(1)))).map(named),

    // Everything a keyboard has to reach, in the order of the page.
    stops: () => {
      const all = every("a[href], button, input, select, textarea, summary, [tabindex]").filter(
        (each) => each.checkVisibility() && each.tabIndex >= 0,
      );
      all.forEach((each, index) => { each.dataset.stop = index; });
      return all.map(named);
    },

    // Where the focus is, and whether it can be seen there.
    focus: () => {
      const element = document.activeElement;
      if (!element || element === document.body || element === document.documentElement) return null;
      const style = getComputedStyle(element);
      // WCAG 2.4.11: not wholly covered, by a fixed bar or by the edge of a box that scrolls.
      const seen = [...element.getClientRects()].some((box) =>
        [box.left + 2, box.left + box.width / 2, box.right - 2].some((x) =>
          [Math.max(box.top, 0) + 3, box.top + box.height / 2].some((y) => {
            const top = document.elementFromPoint(x, y);
            return top !== null && element.contains(top);
          })));
      const ground = blend(behind(element.parentElement || element));
      return {
        stop: element.dataset.stop === undefined ? null : Number(element.dataset.stop),
        what: named(element),
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        contrast: contrast(blend([...behind(element.parentElement || element), { colour: style.outlineColor, alpha: 1 }]), ground),
        seen,
      };
    },
    inside: (selector) => {
      const focused = document.activeElement;
      return focused !== null && focused.closest(selector) !== null || document.querySelector(`${selector}:target, :target`)?.matches(selector) === true;
    },

    // Text and marks of the charts that stand out too little from what is behind them.
    faint: () => every("svg").filter(drawn).flatMap((svg) => {
      const ground = behind(svg);
      const flat = blend(ground);
      const found = [];
      const all = shapes(svg);
      for (const text of every("text", svg).filter(drawn)) {
        const ink = painted(text, "fill", svg);
        const box = text.getBoundingClientRect();
        const under = all.filter((each) => each.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)
          .filter((each) => overlap(box, each.getBoundingClientRect()))
          .map((each) => painted(each, "fill", svg)).filter(Boolean);
        for (const grounds of [ground, ...under.map((each) => [...ground, each])]) {
          const ratio = ink === null ? 1 : contrast(blend([...grounds, ink]), blend(grounds));
          if (ratio < 4.5) found.push(`text ${text.textContent.trim()} ${ratio.toFixed(2)}`);
        }
      }
      for (const shape of all.filter((each) => each.dataset.decoration === undefined)) {
        const fill = shape.localName === "line" ? null : painted(shape, "fill", svg);
        const inks = [fill, painted(shape, "stroke", svg)].filter(Boolean);
        const ratio = Math.max(...inks.map((ink) => contrast(blend([...ground, ink]), flat)));
        if (inks.length && ratio < 3) found.push(`${shape.localName}.${shape.getAttribute("class") || ""} ${ratio.toFixed(2)}`);
      }
      return found;
    }),

    // Figures of a chart that leave it, or stand on one another.
    crowded: () => every("svg").filter(drawn).flatMap((svg) => {
      const frame = svg.getBoundingClientRect();
      const texts = every("text", svg).filter(drawn).map((each) => ({ words: each.textContent.trim(), box: each.getBoundingClientRect() }));
      const found = texts.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        .map(({ words }) => `outside: ${words}`);
      const shrunk = (box) => ({ left: box.left + 1, right: box.right - 1, top: box.top + box.height * 0.2, bottom: box.bottom - box.height * 0.2 });
      texts.forEach((one, index) => texts.slice(index + 1).forEach((other) => {
        if (overlap(shrunk(one.box), shrunk(other.box))) found.push(`on one another: ${one.words} / ${other.words}`);
      }));
      return found;
    }),

    // Each chart's size of letters on the screen, in CSS pixels.
    letters: () => every("svg text").filter(drawn).map((each) => {
      const frame = each.ownerSVGElement;
      const scale = frame.getScreenCTM().a;
      return parseFloat(getComputedStyle(each).fontSize) * scale;
    }),

    // Text on the page that stands out too little; for media that axe does not look at.
    pale: () => {
      const found = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || !drawn(element) || element.closest("svg, style, script") || aside(element)) continue;
        const ground = behind(element);
        const ink = { colour: getComputedStyle(element).color, alpha: opacity(element, null) };
        const ratio = contrast(blend([...ground, ink]), blend(ground));
        if (ratio < 4.5) found.push(`${named(element)} ${ratio.toFixed(2)}`);
      }
      return [...new Set(found)];
    },

    // Every heading but those of the contents, each with the words that follow it; a table's heads come again on each sheet.
    heads: () => {
      const all = every("h1, h2, h3, h4, h5, h6, caption, thead").filter((each) => drawn(each) && !each.closest("nav"));
      return all.map((each) => {
        const range = document.createRange();
        range.setStartAfter(each);
        range.setEndAfter(document.body);
        return [each.textContent, (each.localName === "thead" ? each.textContent : range.toString()).trim().slice(0, 30)];
      });
    },

    ground: () => blend(behind(document.body)),
    shown: (selector) => every(selector).filter(drawn).map(named),
    wide: (edge) => every("body *").filter((each) => drawn(each) && !each.closest("svg *")
      && !aside(each) && each.getBoundingClientRect().right > edge + 1).map(named),
    scrolling: () => every("body *").filter((each) => drawn(each) && scrolls(each)).map(named),

    style: (text) => {
      const style = document.createElement("style");
      style.textContent = text;
      document.head.append(style);
    },

    axe: async (tags) => {
      const told = (found) => found.flatMap((rule) => rule.nodes.map((node) => [rule.id, node.target.join(" "), node.failureSummary || "", node.html.slice(0, 120)]));
      const result = await globalThis.axe.run(document, { runOnly: tags, resultTypes: ["violations", "incomplete"] });
      return { violations: told(result.violations), incomplete: told(result.incomplete), version: result.testEngine.version };
    },
  };
})();
