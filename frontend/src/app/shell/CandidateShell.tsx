import type { ReactNode } from "react";
import { Bell } from "@/features/messages/Bell";
import { useSession } from "@/shared/api";
import { LanguageMenu, ThemeMenu } from "@/shared/ui";
import { ProductMark } from "./ProductMark";
import { SessionEnded } from "./SessionEnded";
import { UserMenu } from "./UserMenu";

/** The frame of a signed-in candidate's pages. */
export function CandidateShell({ children }: { children: ReactNode }) {
  const session = useSession();
  return (
    <>
      <header className="flex items-center justify-between gap-4 border-b border-line bg-surface px-4 py-2 sm:px-8">
        <ProductMark />
        <div className="flex items-center gap-1">
          <LanguageMenu />
          <ThemeMenu />
          {session.state === "signed_in" && <Bell />}
          {session.state === "signed_in" && <UserMenu account={session.account} />}
        </div>
      </header>
      <main className="mx-auto w-full max-w-4xl flex-1 px-4 py-8 sm:px-8">{children}</main>
      <SessionEnded />
    </>
  );
}
