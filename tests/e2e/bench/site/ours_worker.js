// Our own measurements (src/bench/), as the labs' worker is started.
importScripts('ours.js');
wasm_bindgen({ module_or_path: 'ours_bg.wasm' });
