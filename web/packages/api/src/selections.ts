import type { Bring, Client } from './bring'
import type { components, paths } from './schema'
import type { Block } from './types'

type Schemas = components['schemas']

/** The shapes of the first gate, under the names that pages use. */
export type Selection = Schemas['Selection']
export type SelectionOverview = Schemas['SelectionOverview']
export type NewSelection = Schemas['NewSelection']
export type SelectionVillage = Schemas['SelectionVillage']
export type VillageNeeds = Schemas['NeedListOf']
export type NeedItem = Schemas['NeedItem']
export type Quota = Schemas['Quota']
export type Nominee = Schemas['Nominee']
export type NomineeCheck = Schemas['NomineeCheck']
export type NomineeJudgement = Schemas['NomineeJudgement']
export type NomineeClearance = Schemas['NomineeClearance']
export type ClearanceOutcome = NomineeClearance['outcome']
export type NomineeInterview = Schemas['NomineeInterview']
export type Objection = Schemas['Objection']
export type Dossier = Schemas['Dossier']
export type Labelled = Schemas['Choice']
export type RankedNominee = Schemas['RankedNominee']
export type RankPart = Schemas['RankPart']
export type NomineeChoice = Schemas['NomineeChoice']
export type Composition = Schemas['Composition']
export type PublicList = Schemas['PublicList']
export type ClearanceEntry = Schemas['ClearanceEntry']
export type InterviewEntry = Schemas['InterviewEntry']
export type ObjectionEntry = Schemas['ObjectionEntry']

export type NomineeQuery = NonNullable<paths['/api/selections/{round}/nominees']['get']['parameters']['query']>
type NeedQuery = NonNullable<paths['/api/selections/{round}/needs']['get']['parameters']['query']>
type VillageQuery = NonNullable<paths['/api/selections/{round}/villages']['get']['parameters']['query']>

/** Every call of the first gate; a selection has the id of its round. Each throws ApiError. */
export interface SelectionCalls {
  selections(signal?: AbortSignal): Promise<Selection[]>
  openSelection(body: NewSelection): Promise<Selection>
  selection(round: string, signal?: AbortSignal): Promise<SelectionOverview>
  setCalendar(round: string, body: Schemas['CalendarChange']): Promise<Selection>
  setAims(round: string, body: Schemas['AimsChange']): Promise<Selection>
  lockSelection(round: string, body: Schemas['LockEntry']): Promise<Selection>

  selectionVillages(round: string, query: VillageQuery, signal?: AbortSignal): Promise<Block<SelectionVillage>>
  fixVillages(round: string, body: Schemas['VillageChoices']): Promise<void>
  dropVillages(round: string, body: Schemas['VillageDrop']): Promise<void>
  needLists(round: string, query: NeedQuery, signal?: AbortSignal): Promise<Block<VillageNeeds>>
  writeNeeds(round: string, village: string, body: Schemas['NeedListDraft']): Promise<VillageNeeds>
  reviewNeeds(round: string, village: string, body: Schemas['NeedListReview']): Promise<VillageNeeds>
  quotas(round: string, signal?: AbortSignal): Promise<Quota[]>
  setQuotas(round: string, body: Schemas['QuotaChanges']): Promise<void>

  nominees(round: string, query: NomineeQuery, signal?: AbortSignal): Promise<Block<Nominee>>
  nominate(round: string, body: Schemas['NewNominees']): Promise<Nominee[]>
  dossier(round: string, cadre: string, signal?: AbortSignal): Promise<Dossier>
  withdraw(round: string, cadre: string, body: Schemas['NomineeWithdrawal']): Promise<Nominee>
  runChecks(round: string, body: Schemas['ChecksRun']): Promise<Schemas['ChecksSummary']>
  judge(round: string, cadre: string, body: Schemas['JudgementEntry']): Promise<unknown>
  recordClearance(round: string, cadre: string, body: ClearanceEntry): Promise<unknown>
  addInterview(round: string, cadre: string, body: InterviewEntry): Promise<unknown>

  /** All of the ranking, the best first. */
  ranking(round: string, signal?: AbortSignal): Promise<RankedNominee[]>
  /** Where one nominee stands in the ranking. */
  rankOf(round: string, cadre: string, signal?: AbortSignal): Promise<RankedNominee | undefined>
  propose(round: string): Promise<NomineeChoice[]>
  /** What the choice would come to with these changes; saves nothing. */
  tryChoice(round: string, body: Schemas['ChoiceTrial']): Promise<Composition>
  choose(round: string, body: Schemas['ChoiceEntry']): Promise<Nominee[]>
  publicList(round: string, signal?: AbortSignal): Promise<PublicList>
  publish(round: string, body: Schemas['Override']): Promise<unknown>
  recordObjection(round: string, cadre: string, body: ObjectionEntry): Promise<unknown>
  decideObjection(round: string, objection: string, body: Schemas['ObjectionDecision']): Promise<unknown>
}

const pageSize = 200

/** Makes the calls of the first gate. */
export function selectionCalls(client: Client, bring: Bring): SelectionCalls {
  return { ...roundCalls(client, bring), ...stepCalls(client, bring), ...nomineeCalls(client, bring), ...choiceCalls(client, bring) }
}

const at = (round: string) => ({ path: { round } })
const of = (round: string, cadre: string) => ({ path: { round, cadre } })

function roundCalls(client: Client, bring: Bring) {
  return {
    selections: async (signal?: AbortSignal) => (await bring(client.GET('/api/selections', { signal }))).selections,
    openSelection: (body: NewSelection) => bring(client.POST('/api/selections', { body })),
    selection: (round: string, signal?: AbortSignal) => bring(client.GET('/api/selections/{round}', { params: at(round), signal })),
    setCalendar: (round: string, body: Schemas['CalendarChange']) =>
      bring(client.PUT('/api/selections/{round}/calendar', { params: at(round), body })),
    setAims: (round: string, body: Schemas['AimsChange']) => bring(client.PUT('/api/selections/{round}/aims', { params: at(round), body })),
    lockSelection: (round: string, body: Schemas['LockEntry']) =>
      bring(client.POST('/api/selections/{round}/lock', { params: at(round), body })),
  }
}

function stepCalls(client: Client, bring: Bring) {
  const needs = (round: string, code: string) => ({ path: { round, code } })
  return {
    selectionVillages: async (round: string, query: VillageQuery, signal?: AbortSignal) => {
      const page = await bring(client.GET('/api/selections/{round}/villages', { params: { ...at(round), query }, signal }))
      return { rows: page.villages, total: page.total }
    },
    fixVillages: async (round: string, body: Schemas['VillageChoices']) =>
      void (await bring(client.POST('/api/selections/{round}/villages', { params: at(round), body }))),
    dropVillages: async (round: string, body: Schemas['VillageDrop']) =>
      void (await bring(client.POST('/api/selections/{round}/villages/drop', { params: at(round), body }))),
    needLists: async (round: string, query: NeedQuery, signal?: AbortSignal) => {
      const page = await bring(client.GET('/api/selections/{round}/needs', { params: { ...at(round), query }, signal }))
      return { rows: page.lists, total: page.total }
    },
    writeNeeds: (round: string, village: string, body: Schemas['NeedListDraft']) =>
      bring(client.PUT('/api/selections/{round}/needs/{code}', { params: needs(round, village), body })),
    reviewNeeds: (round: string, village: string, body: Schemas['NeedListReview']) =>
      bring(client.POST('/api/selections/{round}/needs/{code}/review', { params: needs(round, village), body })),
    quotas: async (round: string, signal?: AbortSignal) =>
      (await bring(client.GET('/api/selections/{round}/quotas', { params: at(round), signal }))).quotas,
    setQuotas: async (round: string, body: Schemas['QuotaChanges']) =>
      void (await bring(client.PUT('/api/selections/{round}/quotas', { params: at(round), body }))),
  }
}

function nomineeCalls(client: Client, bring: Bring) {
  return {
    nominees: async (round: string, query: NomineeQuery, signal?: AbortSignal) => {
      const page = await bring(client.GET('/api/selections/{round}/nominees', { params: { ...at(round), query }, signal }))
      return { rows: page.nominees, total: page.total }
    },
    nominate: async (round: string, body: Schemas['NewNominees']) =>
      (await bring(client.POST('/api/selections/{round}/nominees', { params: at(round), body }))).nominees,
    dossier: (round: string, cadre: string, signal?: AbortSignal) =>
      bring(client.GET('/api/selections/{round}/nominees/{cadre}', { params: of(round, cadre), signal })),
    withdraw: (round: string, cadre: string, body: Schemas['NomineeWithdrawal']) =>
      bring(client.POST('/api/selections/{round}/nominees/{cadre}/withdraw', { params: of(round, cadre), body })),
    runChecks: (round: string, body: Schemas['ChecksRun']) =>
      bring(client.POST('/api/selections/{round}/checks', { params: at(round), body })),
    judge: (round: string, cadre: string, body: Schemas['JudgementEntry']) =>
      bring(client.POST('/api/selections/{round}/nominees/{cadre}/judgements', { params: of(round, cadre), body })),
    recordClearance: (round: string, cadre: string, body: ClearanceEntry) =>
      bring(client.POST('/api/selections/{round}/nominees/{cadre}/clearances', { params: of(round, cadre), body })),
    addInterview: (round: string, cadre: string, body: InterviewEntry) =>
      bring(client.POST('/api/selections/{round}/nominees/{cadre}/interviews', { params: of(round, cadre), body })),
    recordObjection: (round: string, cadre: string, body: ObjectionEntry) =>
      bring(client.POST('/api/selections/{round}/nominees/{cadre}/objections', { params: of(round, cadre), body })),
    decideObjection: (round: string, objection: string, body: Schemas['ObjectionDecision']) =>
      bring(client.POST('/api/selections/{round}/objections/{objection}/decision', { params: { path: { round, objection } }, body })),
  }
}

function choiceCalls(client: Client, bring: Bring) {
  /** Brings the ranking page by page, until `enough` or its end. */
  async function rankedUntil(round: string, enough: (rows: RankedNominee[]) => boolean, signal?: AbortSignal) {
    const all: RankedNominee[] = []
    for (;;) {
      const query = { offset: all.length, limit: pageSize }
      const page = await bring(client.GET('/api/selections/{round}/ranking', { params: { ...at(round), query }, signal }))
      all.push(...page.rows)
      if (page.rows.length === 0 || all.length >= page.total || enough(page.rows)) return all
    }
  }
  return {
    ranking: (round: string, signal?: AbortSignal) => rankedUntil(round, () => false, signal),
    rankOf: async (round: string, cadre: string, signal?: AbortSignal) => {
      const here = (row: RankedNominee) => row.cadre === cadre
      return (await rankedUntil(round, (rows) => rows.some(here), signal)).find(here)
    },
    propose: async (round: string) => (await bring(client.GET('/api/selections/{round}/proposal', { params: at(round) }))).choices,
    tryChoice: (round: string, body: Schemas['ChoiceTrial']) =>
      bring(client.POST('/api/selections/{round}/composition', { params: at(round), body })),
    choose: async (round: string, body: Schemas['ChoiceEntry']) =>
      (await bring(client.POST('/api/selections/{round}/choices', { params: at(round), body }))).nominees,
    publicList: (round: string, signal?: AbortSignal) =>
      bring(client.GET('/api/selections/{round}/publicity', { params: at(round), signal })),
    publish: (round: string, body: Schemas['Override']) =>
      bring(client.POST('/api/selections/{round}/publicity', { params: at(round), body })),
  }
}
