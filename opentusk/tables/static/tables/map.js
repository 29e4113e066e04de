/* The map of a table: points or clusters of what is seen, asked of the portal at every move. The rows below say the
   same. Without an address of tiles the ground is empty and nobody else is asked for anything. */
"use strict";

(() => {
  const LIBRARY = document.currentScript.src.replace(/tables\/map(\.[0-9a-f]+)?\.js.*$/, "vendor/leaflet/leaflet.js");

  const CLUSTER = 60; // pixels that a cluster needs to be told from the next one

  const load = () => new Promise((done) => {
    if (window.L) return done();
    const script = document.createElement("script");
    script.src = LIBRARY;
    script.onload = done;
    document.head.append(script);
  });

  const draw = (box) => {
    const { dataset } = box;
    if (!dataset.west) return;
    box.hidden = false;
    const map = L.map(box, { preferCanvas: true, zoomControl: false, attributionControl: Boolean(dataset.tiles), worldCopyJump: true, zoomSnap: 0.5 });
    L.control.zoom({ zoomInTitle: dataset.wordsIn, zoomOutTitle: dataset.wordsOut }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    if (dataset.tiles) L.tileLayer(dataset.tiles, { attribution: dataset.tilesCredit, maxZoom: 19 }).addTo(map);
    const layer = L.layerGroup().addTo(map);
    const status = document.getElementById("mappa-quanti");
    let asked = 0;

    const show = (answer) => {
      layer.clearLayers();
      for (const [lon, lat, row, label] of answer.points || []) {
        const words = document.createElement("span");
        words.textContent = [label, `${dataset.wordsRow} ${row}`].filter(Boolean).join(" · ");
        L.circleMarker([lat, lon], { radius: 6, weight: 1, color: "#fff", fillColor: "#0059b3", fillOpacity: 0.9 }).bindPopup(words).addTo(layer);
      }
      for (const shape of answer.shapes || []) {
        const words = document.createElement("span");
        words.textContent = [shape.label, `${dataset.wordsRow} ${shape.row}`].filter(Boolean).join(" · ");
        const dot = (_feature, place) => L.circleMarker(place, { radius: 6 });
        L.geoJSON(shape.geometry, { style: { weight: 2, color: "#0059b3", fillOpacity: 0.2 }, pointToLayer: dot }).bindPopup(words).addTo(layer);
      }
      for (const [lon, lat, count] of answer.clusters || []) {
        const size = 24 + Math.min(26, Math.log2(count) * 3);
        const icon = L.divIcon({ className: "cluster", iconSize: [size, size], html: count.toLocaleString(document.documentElement.lang) });
        L.marker([lat, lon], { icon, keyboard: false }).on("click", () => map.setView([lat, lon], map.getZoom() + 2)).addTo(layer);
      }
      status.textContent = answer.words;
    };

    const refresh = async () => {
      if (!box.isConnected || !map.getSize().x) return; // The map was left for another view.
      const bounds = map.getBounds();
      const seen = [Math.max(-180, bounds.getWest()), Math.max(-90, bounds.getSouth()), Math.min(180, bounds.getEast()), Math.min(90, bounds.getNorth())];
      const number = ++asked;
      const cells = Math.max(4, Math.floor(Math.max(map.getSize().x, map.getSize().y) / CLUSTER));
      const response = await fetch(`${dataset.points}&celle=${cells}&vista=${seen.map((edge) => edge.toFixed(6)).join(",")}`);
      const answer = await response.json();
      if (number === asked) response.ok ? show(answer) : (status.textContent = answer.detail);
    };

    map.on("moveend", refresh);
    map.fitBounds([[dataset.south, dataset.west], [dataset.north, dataset.east]]);
  };

  const start = async () => {
    const box = document.getElementById("mappa");
    if (!box || box.dataset.drawn) return;
    box.dataset.drawn = "yes";
    await load();
    draw(box);
  };

  document.addEventListener("DOMContentLoaded", start);
  document.addEventListener("htmx:load", start);
})();
