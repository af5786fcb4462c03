/** Charts as SVG drawn on the server, each beside words or a table that say the same. Colours and fonts are the page's. */
export { barChart } from './bar-chart.ts'
export type { Bar } from './chart-figure.ts'
export { effectChart, type Effect } from './effect-chart.ts'
export { mapFragment, worldMap, zoomRegions, type MapLinks } from './world-map.ts'
export { yearChart } from './year-chart.ts'
export { lineDrawing, lineKeys, linePaint, linePicture, rangeOf, sparkline, type Line } from './line-chart.ts'
export { changeClassesOf, classesOf, type Classes, type ValueClass } from './value-classes.ts'
export { mapColours, mapKey, mapPicture, mapSize, valueMap, type ColouredCountry, type Scale } from './value-map.ts'
