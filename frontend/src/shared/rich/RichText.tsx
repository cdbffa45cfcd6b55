import { memo, useLayoutEffect, useRef } from "react";
import { cx } from "../lib/cx";
import { drawMath } from "./drawMath";
import { withPictures } from "./pictures";

/**
 * What an author wrote, as HTML that the server has sanitised. Mathematics in it is drawn with KaTeX, which is only
 * fetched when there is some; until then, and if it can't be fetched, the TeX source stands there.
 */
export const RichText = memo(function RichText({
  html,
  inline = false,
  className,
}: {
  html: string;
  /** For a line inside other text, such as an option. */
  inline?: boolean;
  className?: string;
}) {
  const root = useRef<HTMLElement | null>(null);
  // A layout effect, because KaTeX draws into elements that exist only now, and nobody should see them undrawn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text means new elements
  useLayoutEffect(() => {
    if (root.current !== null) void drawMath(root.current);
  }, [html]);
  const Tag = inline ? "span" : "div";
  return (
    <Tag
      ref={(element: HTMLElement | null) => {
        root.current = element;
      }}
      className={cx(inline ? "rich-inline" : "prose", className)}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: the server sanitises what authors write, and the content policy forbids scripts in it
      dangerouslySetInnerHTML={{ __html: withPictures(html) }}
    />
  );
});
