export { drawMath } from "./drawMath";
export { forgetPictures, providePicture } from "./pictures";
export { needsDrawing, plainText } from "./plainText";
export { prepareRichText } from "./prepareRichText";
export { RichText } from "./RichText";
