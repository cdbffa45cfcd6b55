export { drawMath } from "./drawMath";
export { needsDrawing, plainText } from "./plainText";
export { prepareRichText } from "./prepareRichText";
export { RichText } from "./RichText";
