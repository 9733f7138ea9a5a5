using Microsoft.Playwright;

namespace ExpenseIQ.BrowserTests;

internal static class ServiceWorker
{
    /// <summary>Waits until the service worker stands between page and server; the addresses that it is for.</summary>
    public static Task<string> ReadyAsync(IPage page) => page.EvaluateAsync<string>(
        """
        async () => {
          const workers = navigator.serviceWorker;
          const { scope } = await workers.ready;
          if (!workers.controller) await new Promise((resolve) => workers.addEventListener("controllerchange", resolve, { once: true }));
          return scope;
        }
        """);
}
