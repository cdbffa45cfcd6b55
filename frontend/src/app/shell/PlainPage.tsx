import type { ReactNode } from "react";
import { cx } from "@/shared/lib/cx";
import { LanguageMenu, ThemeMenu } from "@/shared/ui";
import { ProductMark } from "./ProductMark";

/** A page with one thing on it: the mark and the settings on top, the thing in the middle. */
export function PlainPage({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return (
    <>
      <header className="flex items-center justify-between gap-4 px-4 py-3 sm:px-8">
        <ProductMark />
        <div className="flex items-center gap-1">
          <LanguageMenu />
          <ThemeMenu />
        </div>
      </header>
      <main
        className={cx(
          "mx-auto flex w-full flex-1 flex-col px-4 pb-16 sm:px-8",
          wide ? "max-w-5xl" : "max-w-3xl",
        )}
      >
        {children}
      </main>
    </>
  );
}
