// What addresses alone say, over all sites that are known by them.

import { describe, expect, it } from 'vitest';
import type { RecordAddress } from '../../src/sites/by-address.ts';
import * as dynamics from '../../src/sites/dynamics/address.ts';
import { packFor } from '../../src/sites/hosts.ts';
import * as hubspot from '../../src/sites/hubspot/address.ts';
import * as linkedin from '../../src/sites/linkedin/address.ts';
import * as meetings from '../../src/sites/meetings/address.ts';
import * as pipedrive from '../../src/sites/pipedrive/address.ts';
import * as salesforce from '../../src/sites/salesforce/address.ts';
import * as zoho from '../../src/sites/zoho/address.ts';

type Addresses = { HOSTS: RegExp; recordAt: (address: URL) => RecordAddress | null };

function recordOf(site: Addresses, text: string): RecordAddress | null {
  const address = new URL(text);
  expect(site.HOSTS.test(address.hostname)).toBe(true);
  return site.recordAt(address);
}

const GUID = '1f0e3dad-99a3-4c5b-8f2d-0a1b2c3d4e5f';

describe('an address names its record', () => {
  it.each([
    ['https://app.hubspot.com/contacts/123/record/0-1/456', 'contact', '123|0-1|456'],
    ['https://app-eu1.hubspot.com/contacts/123/record/0-2/456', 'company', '123|0-2|456'],
    ['https://app-na2.hubspot.com/contacts/123/record/0-3/456/view/1', 'deal', '123|0-3|456'],
    [
      'https://app.hubspot.com/contacts/123/record/0-5/456/view/1?engagement=7&type=EMAIL',
      'ticket',
      '123|0-5|456',
    ],
    ['https://app.hubspot.com/contacts/123/contact/456', 'contact', '123|0-1|456'],
    [
      'https://app.hubspot.com/contacts/123/contact/456/?interaction=note',
      'contact',
      '123|0-1|456',
    ],
    ['https://app.hubspot.com/contacts/123/company/456/', 'company', '123|0-2|456'],
    ['https://app.hubspot.com/contacts/123/deal/456', 'deal', '123|0-3|456'],
    ['https://app.hubspot.com/contacts/123/ticket/456#x', 'ticket', '123|0-5|456'],
    ['https://app.hubspot.com/contacts/123/record/2-7/456', '2-7', '123|2-7|456'],
    ['https://app.hubspot.com/help-desk/123/view/9/ticket/456', 'ticket', '123|0-5|456'],
  ])('HubSpot %s', (address, type, id) => {
    expect(recordOf(hubspot, address)).toMatchObject({ type, id });
  });

  it.each([
    'https://app.hubspot.com/contacts/123/objects/0-1/views/all/list',
    'https://app.hubspot.com/contacts/123/contacts/list/view/all/',
    'https://app.hubspot.com/contacts/123/record/0-1/',
    'https://app.hubspot.com/reports-dashboard/123',
    'https://app.hubspot.com/',
  ])('HubSpot, none: %s', (address) => {
    expect(recordOf(hubspot, address)).toBeNull();
  });

  it('HubSpot conversations', () => {
    const at = (path: string) => hubspot.conversationAt(new URL(path, 'https://a.example'));
    expect(at('/live-messages/123/inbox/456')).toBe('123|thread|456');
    expect(at('/live-messages/123/inbox/456#reply-editor')).toBe('123|thread|456');
    expect(at('/help-desk/123/view/9/ticket/7/thread/456')).toBe('123|thread|456');
    expect(at('/live-messages/123/inbox')).toBeNull();
  });

  it.each([
    [
      'https://acme.lightning.force.com/lightning/r/Account/0018c00002AbCdEAAV/view',
      'account',
      'acme|0018c00002AbCdEAAV',
    ],
    [
      'https://acme--uat.sandbox.lightning.force.com/lightning/r/Contact/0038c00002AbCdEAAV/view',
      'contact',
      'acme--uat.sandbox|0038c00002AbCdEAAV',
    ],
    [
      'https://acme-dev-ed.develop.lightning.force.com/lightning/r/Opportunity/0068c00002AbCdEAAV/view?ws=%2Flightning%2Fr%2FAccount%2F0018c00002AbCdEAAV%2Fview',
      'opportunity',
      'acme-dev-ed.develop|0068c00002AbCdEAAV',
    ],
    [
      'https://acme.lightning.force.com/lightning/r/5008c00002AbCdEAAV/view',
      'case',
      'acme|5008c00002AbCdEAAV',
    ],
    [
      'https://acme.lightning.force.com/lightning/r/00Q8c00002AbCdEAAV/view',
      'lead',
      'acme|00Q8c00002AbCdEAAV',
    ],
    [
      'https://acme.lightning.force.com/lightning/r/a018c00002AbCdEAAV/view',
      'record',
      'acme|a018c00002AbCdEAAV',
    ],
    [
      'https://acme.lightning.force.com/lightning/r/Project__c/a018c00002AbCdEAAV/view',
      'project__c',
      'acme|a018c00002AbCdEAAV',
    ],
    [
      'https://acme.my.salesforce.com/lightning/r/Case/5008c00002AbCdEAAV/edit',
      'case',
      'acme|5008c00002AbCdEAAV',
    ],
    [
      'https://acme.lightning.force.com/one/one.app#/sObject/0018c00002AbCdEAAV/view',
      'account',
      'acme|0018c00002AbCdEAAV',
    ],
  ])('Salesforce %s', (address, type, id) => {
    expect(recordOf(salesforce, address)).toMatchObject({ type, id });
  });

  it('Salesforce: a short id and its long form are one', () => {
    const long = 'https://acme.lightning.force.com/lightning/r/Account/001A0000006Vm9rIAC/view';
    const short = 'https://acme.lightning.force.com/lightning/r/001A0000006Vm9r/view';
    expect(recordOf(salesforce, short)).toEqual(recordOf(salesforce, long));
  });

  it.each([
    'https://acme.lightning.force.com/lightning/o/Account/list?filterName=Recent',
    'https://acme.lightning.force.com/lightning/r/Account/0018c00002AbCdEAAV/related/Cases/view',
    'https://acme.lightning.force.com/lightning/page/home',
    'https://acme.lightning.force.com/lightning/r/Account/0018c00002/view',
  ])('Salesforce, none: %s', (address) => {
    expect(recordOf(salesforce, address)).toBeNull();
  });

  it('Salesforce: ids in links', () => {
    const { linkedId } = salesforce;
    expect(linkedId('/lightning/r/EmailMessage/02s8c00002AbCdEAAV/view')).toBe(
      '02s8c00002AbCdEAAV',
    );
    expect(linkedId('/lightning/r/02s8c00002AbCdEAAV/view')).toBe('02s8c00002AbCdEAAV');
    expect(linkedId('/lightning/o/Account/list')).toBeNull();
  });

  it.each([
    ['https://acme.pipedrive.com/deal/12', 'deal', 'acme|deal|12'],
    ['https://acme-sales.pipedrive.com/person/12#history', 'person', 'acme-sales|person|12'],
    ['https://acme.pipedrive.com/organization/12?x=1', 'organization', 'acme|organization|12'],
    [`https://acme.pipedrive.com/leads/inbox/${GUID.toUpperCase()}`, 'lead', `acme|lead|${GUID}`],
  ])('Pipedrive %s', (address, type, id) => {
    expect(recordOf(pipedrive, address)).toMatchObject({ type, id });
  });

  it.each([
    'https://acme.pipedrive.com/pipeline/1/user/everyone',
    'https://acme.pipedrive.com/deals',
    'https://acme.pipedrive.com/leads/inbox',
    'https://acme.pipedrive.com/deal/new',
  ])('Pipedrive, none: %s', (address) => {
    expect(recordOf(pipedrive, address)).toBeNull();
  });

  it.each([
    [
      'https://crm.zoho.com/crm/org12/tab/Leads/5293322000003516055',
      'lead',
      'org12|lead|5293322000003516055',
    ],
    [
      'https://crm.zoho.eu/crm/org12/tab/Contacts/5293322000003516055',
      'contact',
      'org12|contact|5293322000003516055',
    ],
    [
      'https://crm.zoho.in/crm/org12/tab/Accounts/5293322000003516055?sub=1',
      'account',
      'org12|account|5293322000003516055',
    ],
    [
      'https://crm.zoho.com.au/crm/org12/tab/Potentials/5293322000003516055',
      'deal',
      'org12|deal|5293322000003516055',
    ],
    [
      'https://crm.zohocloud.ca/crm/org12/tab/CustomModule4/5293322000003516055',
      'custommodule4',
      'org12|custommodule4|5293322000003516055',
    ],
    [
      'https://one.zoho.com/zohoone/acme/home/cxapp/crm/org12/tab/Leads/5293322000003516055',
      'lead',
      'org12|lead|5293322000003516055',
    ],
    [
      'https://one.zoho.eu/zohoone/acme/home/cxapp/crm/org12/tab/Potentials/5293322000003516055/',
      'deal',
      'org12|deal|5293322000003516055',
    ],
  ])('Zoho %s', (address, type, id) => {
    expect(recordOf(zoho, address)).toMatchObject({ type, id });
  });

  it.each([
    'https://crm.zoho.com/crm/org12/tab/Home/begin',
    'https://crm.zoho.com/crm/org12/tab/Leads/custom-view/5293322000000087501/list',
    'https://crm.zoho.com/crm/org12/tab/Leads/create',
    'https://one.zoho.com/zohoone/acme/home/cxapp/books/app/856048585',
  ])('Zoho, none: %s', (address) => {
    expect(recordOf(zoho, address)).toBeNull();
  });

  it.each([
    `https://acme.crm4.dynamics.com/main.aspx?appid=7&pagetype=entityrecord&etn=account&id=${GUID}`,
    `https://acme.crm4.dynamics.com/main.aspx?etn=account&id=%7b${GUID.toUpperCase()}%7d&pagetype=entityrecord`,
    `https://acme.crm4.dynamics.com/main.aspx?id={${GUID}}&etn=Account&PageType=entityRecord&forceUCI=1`,
    `https://acme.crm4.dynamics.com/main.aspx?ETN=account&ID=%7B${GUID}%7D#990871`,
  ])('Dynamics %s', (address) => {
    const id = `acme.crm4.dynamics.com|account|${GUID}`;
    expect(recordOf(dynamics, address)).toMatchObject({ type: 'account', id });
  });

  it.each([
    'https://acme.crm.dynamics.com/main.aspx?appid=7&pagetype=entitylist&etn=account',
    `https://acme.crm.dynamics.com/main.aspx?pagetype=entitylist&etn=account&id=${GUID}`,
    'https://acme.crm.dynamics.com/main.aspx?pagetype=entityrecord&etn=account',
    'https://acme.crm.dynamics.com/main.aspx?pagetype=entityrecord&etn=account&id=12',
    `https://acme.crm.dynamics.com/tools/x.aspx?pagetype=entityrecord&etn=account&id=${GUID}`,
  ])('Dynamics, none: %s', (address) => {
    expect(recordOf(dynamics, address)).toBeNull();
  });
});

describe('an address names its conversation', () => {
  it.each([
    ['/messaging/thread/2-YWJjZGVmZw==/', '2-YWJjZGVmZw=='],
    ['/messaging/thread/2-YWJjZGVmZw%3D%3D', '2-YWJjZGVmZw=='],
    ['/messaging/', null],
    ['/messaging/compose', null],
  ])('LinkedIn %s', (path, code) => {
    expect(linkedin.threadAt(new URL(path, 'https://www.linkedin.com'))).toBe(code);
  });

  const code = '19:meeting_YWJjZGVmZ-x@thread.v2';
  it.each([
    ['https://meet.google.com/abc-defg-hij', 'meet.google.com|abc-defg-hij'],
    ['https://meet.google.com/abc-defg-hij?authuser=1', 'meet.google.com|abc-defg-hij'],
    ['https://meet.google.com/lookup/weekly', 'meet.google.com|weekly'],
    ['https://zoom.us/wc/83548133857/join?pwd=x', 'zoom.us|83548133857'],
    ['https://us02web.zoom.us/wc/join/83548133857', 'zoom.us|83548133857'],
    ['https://app.zoom.us/wc/83548133857/start', 'zoom.us|83548133857'],
    ['https://acme.zoom.us/j/83548133857?pwd=x#success', 'zoom.us|83548133857'],
    ['https://acme.zoom.us/my/sample.person', 'zoom.us|my/sample.person'],
    [
      'https://teams.microsoft.com/l/meetup-join/19%3ameeting_YWJjZGVmZ-x%40thread.v2/0?context=x',
      `teams|${code}`,
    ],
    [
      'https://teams.microsoft.com/_#/l/meetup-join/19:meeting_YWJjZGVmZ-x@thread.v2/0',
      `teams|${code}`,
    ],
    ['https://teams.microsoft.com/meet/2345678901234?p=x', 'teams|2345678901234'],
    ['https://teams.live.com/meet/9318273645', 'teams|9318273645'],
    ['https://teams.microsoft.com/v2/?meetingjoin=true#/meet/9318273645?p=x', 'teams|9318273645'],
    ['https://teams.microsoft.com/v2/', null],
    ['https://teams.cloud.microsoft/', null],
    ['https://app.aircall.io/calls', null],
    ['https://phone.aircall.io/', null],
    ['https://app.ringcentral.com/phone/all', null],
    ['https://v.ringcentral.com/join/123456789', 'ringcentral|123456789'],
    ['https://dialpad.com/app', null],
    ['https://meetings.dialpad.com/room/acme', 'dialpad|acme'],
  ])('a call at %s', (address, conversation) => {
    expect(meetings.meetingAt(new URL(address))).toEqual({ conversation });
    expect(meetings.MEETING_HOSTS.test(new URL(address).hostname)).toBe(true);
  });

  it.each([
    'https://meet.google.com/landing',
    'https://zoom.us/pricing',
    'https://app.zoom.us/wc/home',
    'https://dialpad.com/pricing',
    'https://www.ringcentral.com/office/plansandpricing.html',
    'https://support.aircall.io/',
  ])('no call at %s', (address) => {
    expect(meetings.meetingAt(new URL(address))).toBeNull();
  });
});

describe('the readers that a page gets', () => {
  it.each([
    ['https://app-eu1.hubspot.com/contacts/123/record/0-1/456', 'hubspot'],
    ['https://acme--uat.sandbox.lightning.force.com/lightning/page/home', 'salesforce'],
    ['https://acme.my.salesforce.com/lightning/page/home', 'salesforce'],
    ['https://acme.pipedrive.com/deal/12', 'crm'],
    ['https://one.zoho.eu/zohoone/acme/home', 'crm'],
    ['https://acme.crm4.dynamics.com/main.aspx', 'crm'],
    ['https://www.linkedin.com/messaging/', 'crm'],
    ['https://meet.google.com/abc-defg-hij', 'meetings'],
    ['https://us02web.zoom.us/wc/join/83548133857', 'meetings'],
    ['https://teams.microsoft.com/v2/', 'meetings'],
    ['https://app.ringcentral.com/phone/all', 'meetings'],
  ])('%s: %s', (address, pack) => {
    expect(packFor(address)).toBe(pack);
  });
});

describe('hosts that only look alike', () => {
  it.each([
    'https://hubspot.com.evil.example/contacts/123/record/0-1/456',
    'https://app.hubspot.com.evil.example/contacts/123/record/0-1/456',
    'https://apphubspot.com/contacts/123/record/0-1/456',
    'https://app.evilhubspot.com/contacts/123/record/0-1/456',
    'https://app-eu1.hubspot.com@evil.example/contacts/123/record/0-1/456',
    'https://evilsalesforce.com/lightning/r/Account/0018c00002AbCdEAAV/view',
    'https://acme.my.salesforce.com.evil.example/lightning/r/Account/0018c00002AbCdEAAV/view',
    'https://acme.evillightning.force.com/lightning/r/Account/0018c00002AbCdEAAV/view',
    'https://lightning.force.com.evil.example/lightning/r/Account/0018c00002AbCdEAAV/view',
    'https://pipedrive.com.evil.example/deal/1',
    'https://acmepipedrive.com/deal/1',
    'https://www.pipedrive.com/deal/1',
    'https://crm.zoho.com.evil.example/crm/org12/tab/Leads/5293322000003516055',
    'https://crm.zoho.evil/crm/org12/tab/Leads/5293322000003516055',
    'https://crm-zoho.com/crm/org12/tab/Leads/5293322000003516055',
    `https://acme.crm.dynamics.com.evil.example/main.aspx?etn=account&id=${GUID}`,
    `https://acme.crmdynamics.com/main.aspx?etn=account&id=${GUID}`,
    'https://www.linkedin.com.evil.example/messaging/thread/2-YWJj/',
    'https://evillinkedin.com/messaging/thread/2-YWJj/',
    'https://meet.google.com.evil.example/abc-defg-hij',
    'https://evilzoom.us/wc/83548133857/join',
    'https://teams.microsoft.com.evil.example/v2/',
    'https://evildialpad.com/app',
    'https://app.aircall.io.evil.example/',
    'https://evilringcentral.com/',
    'https://app.evilringcentral.com/',
  ])('%s', (text) => {
    const address = new URL(text);
    const hosts = [hubspot, salesforce, pipedrive, zoho, dynamics, linkedin].map((at) => at.HOSTS);
    hosts.push(meetings.MEETING_HOSTS);
    expect(hosts.filter((host) => host.test(address.hostname))).toEqual([]);
    expect(salesforce.recordAt(address)).toBeNull();
    expect(meetings.meetingAt(address)).toBeNull();
    expect(packFor(text)).toBe('any');
  });
});
