// The `page` of every test: it watches what the page says and asks for, and the test fails if the page complained
// or asked a stranger.
import { test as base, expect, type Page } from '@playwright/test';

export { expect };

/** What a page did that it should not do. Tests that provoke an error name it in `allow`. */
export class Watch {
  readonly problems: string[] = [];
  readonly allowed: RegExp[] = [];

  constructor(page: Page, own: string) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.note(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.note(`uncaught: ${error.message}`));
    page.context().on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== own) this.note(`asked a stranger: ${request.url()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) this.note(`answered ${response.status()}: ${response.url()}`);
    });
  }

  /** Expects an error of this form: it is no problem. */
  allow(form: RegExp) {
    this.allowed.push(form);
  }

  private note(problem: string) {
    this.problems.push(problem);
  }

  unexpected(): string[] {
    return this.problems.filter((problem) => !this.allowed.some((form) => form.test(problem)));
  }
}

export const test = base.extend<{ watch: Watch }>({
  watch: [
    async ({ page, baseURL }, use) => {
      const watch = new Watch(page, new URL(baseURL!).origin);
      await use(watch);
      expect(watch.unexpected(), 'the page complained').toEqual([]);
    },
    { auto: true },
  ],
});
