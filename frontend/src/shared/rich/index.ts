export { drawMath } from "./drawMath";
export { needsDrawing, plainText } from "./plainText";
export { RichText } from "./RichText";
