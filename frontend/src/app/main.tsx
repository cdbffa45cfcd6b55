import "@/shared/ui/styles.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "@/shared/api";
import { startI18n } from "@/shared/i18n";
import { Announcer, applyPreferences, Loading, Toasts } from "@/shared/ui";
import { router } from "./router";

applyPreferences();
// The first page and its texts are fetched at the same time as the common texts, not one behind the other.
const firstPage = router.load();
await startI18n();
await firstPage;

const root = document.getElementById("root");
if (root === null) throw new Error("index.html lacks its root element");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Suspense fallback={<Loading />}>
        <RouterProvider router={router} />
        <Announcer />
        <Toasts />
      </Suspense>
    </QueryClientProvider>
  </StrictMode>,
);
