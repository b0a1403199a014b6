import { describe, expect, it } from 'vitest';
import { isOfMail, isOfRecord, pageName } from '../../src/sites/generic/address.ts';

describe('a page is named by its address', () => {
  it.each([
    ['https://CRM.example/contacts/17/?utm_source=x&tab=notes', 'crm.example/contacts/17', true],
    [
      'https://crm.example/index.php?record=5&module=Accounts&PHPSESSID=ab12cd34ef56',
      'crm.example/index.php?module=Accounts&record=5',
      true,
    ],
    [
      'https://crm.example/index.php?module=Accounts&record=5&token=12345678',
      'crm.example/index.php?module=Accounts&record=5',
      true,
    ],
    [
      'https://erp.example/web#id=7&action=list&model=res.partner&cids=1',
      'erp.example/web#cids=1&id=7&model=res.partner',
      true,
    ],
    [
      'https://crm.example/#Account/view/5f3c2a1b9d8e7f605',
      'crm.example#Account/view/5f3c2a1b9d8e7f605',
      true,
    ],
    ['https://app.example/#!/deals/17?page=2', 'app.example#!/deals/17', true],
    ['https://app.example/terms#section-2', 'app.example/terms', false],
    ['https://app.example/terms#:~:text=free', 'app.example/terms', false],
    ['https://app.example/a;jsessionid=12345678/b', 'app.example/a/b', false],
    [
      'https://app.example/o/3f2504e0-4f89-11d3-9a0c-0305e82c3301',
      'app.example/o/3f2504e0-4f89-11d3-9a0c-0305e82c3301',
      true,
    ],
    ['http://127.0.0.1:8080/', '127.0.0.1:8080', false],
  ])('%s', (url, name, isOfOne) => {
    expect(pageName(url)).toEqual({ name, isOfOne });
  });

  it('or has no name where there is none of the web', () => {
    expect(pageName('about:srcdoc')).toBeNull();
    expect(pageName('file:///tmp/17.html')).toBeNull();
  });

  it('tells records from mails, whose address is another one in each mailbox', () => {
    expect(isOfRecord('crm.example/contacts/17')).toBe(true);
    expect(isOfRecord('contacts.example/x/17')).toBe(false);
    expect(isOfMail('post.example/webmail/17')).toBe(true);
    expect(isOfMail('post.example/app#/inbox/17')).toBe(true);
    expect(isOfMail('crm.example/tickets/17/messages')).toBe(false);
    expect(isOfMail('mail.example/terms')).toBe(false);
  });
});
