import { useBlocker } from "@tanstack/react-router";
import { Button, Dialog } from "../ui";

interface AskBeforeLeavingProps {
  /** Whether something would be lost now. */
  unsaved: () => boolean;
  /** Whether what stands behind the question mark makes another page too. */
  wholeAddress?: boolean;
  texts: { title: string; lead: string; leave: string; stay: string };
}

/** Asks before a page is left on which something would be lost: by a link, the back button or by closing the tab. */
export function AskBeforeLeaving({ unsaved, wholeAddress = false, texts }: AskBeforeLeavingProps) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      unsaved() &&
      (current.pathname !== next.pathname ||
        (wholeAddress && JSON.stringify(current.search) !== JSON.stringify(next.search))),
    enableBeforeUnload: unsaved,
    withResolver: true,
  });
  return (
    <Dialog
      open={blocker.status === "blocked"}
      onOpenChange={(open) => !open && blocker.reset?.()}
      title={texts.title}
      description={texts.lead}
      width="sm"
      actions={
        <>
          <Button onClick={() => blocker.proceed?.()}>{texts.leave}</Button>
          <Button look="primary" onClick={() => blocker.reset?.()}>
            {texts.stay}
          </Button>
        </>
      }
    />
  );
}
