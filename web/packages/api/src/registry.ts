import type { Bring, Client } from './bring'
import type { components } from './schema'

type Schemas = components['schemas']

/** The shapes of the registry and of its sheets, under the names that pages use. */
export type RegistryTable = Schemas['RegistryEntity']
export type Entity = RegistryTable['entity']
export type RegistryField = Schemas['RegistryField']
export type RegistryOption = Schemas['RegistryOption']
export type RegistryRecord = Schemas['RegistryRecord']
export type RegistryPage = Schemas['RegistryPage']
export type RegistryDetail = Schemas['RegistryDetail']
export type RegistryChange = Schemas['RegistryChange']
export type ChangesAnswer = Schemas['RegistryVerdict']
export type RecordFault = Schemas['RegistryFault']
export type ChangeSet = Schemas['RegistryChangeSet']
export type SheetImport = Schemas['SheetImport']
export type SheetReport = Schemas['SheetReport']
export type ReportRow = Schemas['SheetRow']
export type ReportKind = ReportRow['kind']
export type Paper = Schemas['Paper']

/** One condition; without values for what wants none. */
export type RegistryFilter = Schemas['RegistryFilter'] & { values: string[] }
export type RegistryOrder = Required<Schemas['RegistryOrder']>

/** What is asked of a table. */
export interface RegistryQuery {
  search: string
  filters: RegistryFilter[]
  sort: RegistryOrder[]
  columns: string[]
}

export interface SavedView extends RegistryQuery {
  id: string
  name: string
}

/** How changes are made: tried only, leaving out what is refused, and why. */
export interface ChangeHow {
  dryRun?: boolean
  goodOnly?: boolean
  reason?: string
}

/** The papers that can be made of a table. */
export type PaperKind = 'roster' | 'statistics'

/** Every call of the registry and of its sheets. Each throws ApiError. */
export interface RegistryCalls {
  registryTables(signal?: AbortSignal): Promise<RegistryTable[]>
  registryRows(entity: Entity, query: RegistryQuery, offset: number, limit: number, signal?: AbortSignal): Promise<RegistryPage>
  record(entity: Entity, key: string, signal?: AbortSignal): Promise<RegistryDetail>
  /** Shows one masked value; the reason goes into the ledger. */
  reveal(entity: Entity, key: string, field: string, reason: string): Promise<string>
  changeRecords(entity: Entity, records: RegistryChange[], how: ChangeHow): Promise<ChangesAnswer>
  /** Gives all records that the query finds the same values; `count` is how many the reader was told of. */
  changeMatching(entity: Entity, query: RegistryQuery, count: number, values: Record<string, string>, how: ChangeHow): Promise<ChangesAnswer>
  changeSets(entity: Entity, signal?: AbortSignal): Promise<ChangeSet[]>
  undo(set: ChangeSet): Promise<ChangeSet>
  views(entity: Entity): Promise<SavedView[]>
  saveView(entity: Entity, name: string, query: RegistryQuery): Promise<void>
  deleteView(entity: Entity, id: string): Promise<void>
  paper(entity: Entity, kind: PaperKind, query: RegistryQuery, signal?: AbortSignal): Promise<Paper>
  upload(entity: Entity, file: File): Promise<SheetImport>
  imports(signal?: AbortSignal): Promise<SheetImport[]>
  sheetImport(id: string, signal?: AbortSignal): Promise<SheetImport>
  importReport(id: string, kind: ReportKind, offset: number, limit: number, signal?: AbortSignal): Promise<SheetReport>
  acceptImport(id: string, goodOnly: boolean, reason: string): Promise<SheetImport>
  cancelImport(id: string): Promise<SheetImport>
  /** Brings a file that one of the addresses below names. */
  file(address: string, signal?: AbortSignal): Promise<File>
}

/** The most rows that one list or report brings. */
const mostSets = 100

/** Makes the calls of the registry. */
export function registryCalls(client: Client, bring: Bring): RegistryCalls {
  return { ...recordCalls(client, bring), ...changeCalls(client, bring), ...importCalls(client, bring) }
}

function recordCalls(client: Client, bring: Bring) {
  return {
    registryTables: async (signal?: AbortSignal) => (await bring(client.GET('/api/registry', { signal }))).entities,
    registryRows: (entity: Entity, query: RegistryQuery, offset: number, limit: number, signal?: AbortSignal) => {
      const body = { ...query, offset, limit }
      return bring(client.POST('/api/registry/{entity}/search', { params: { path: { entity } }, body, signal }))
    },
    record: (entity: Entity, key: string, signal?: AbortSignal) =>
      bring(client.GET('/api/registry/{entity}/records/{key}', { params: { path: { entity, key } }, signal })),
    reveal: async (entity: Entity, key: string, field: string, reason: string) => {
      const params = { path: { entity, key } }
      return (await bring(client.POST('/api/registry/{entity}/records/{key}/reveal', { params, body: { field, reason } }))).value
    },
    views: async (entity: Entity) =>
      (await bring(client.GET('/api/registry/{entity}/views', { params: { path: { entity } } }))).views.map(asView),
    saveView: async (entity: Entity, name: string, query: RegistryQuery) =>
      void (await bring(client.PUT('/api/registry/{entity}/views', { params: { path: { entity } }, body: { name, ...query } }))),
    deleteView: async (entity: Entity, view: string) =>
      void (await bring(client.DELETE('/api/registry/{entity}/views/{view}', { params: { path: { entity, view } } }))),
    paper: (entity: Entity, kind: PaperKind, query: RegistryQuery, signal?: AbortSignal) =>
      kind === 'roster'
        ? bring(client.GET('/api/registry/{entity}/roster', { params: { path: { entity }, query: inAddress(query) }, signal }))
        : bring(client.GET('/api/papers/statistics', { params: { query: inAddress(query) }, signal })),
  }
}

function changeCalls(client: Client, bring: Bring) {
  const change = (entity: Entity, body: Schemas['RegistryChanges']) =>
    bring(client.POST('/api/registry/{entity}/changes', { params: { path: { entity } }, body }))
  return {
    changeRecords: (entity: Entity, records: RegistryChange[], how: ChangeHow) => change(entity, { records, ...asHow(how) }),
    changeMatching: (entity: Entity, query: RegistryQuery, count: number, values: Record<string, string>, how: ChangeHow) =>
      change(entity, { query, count, values, ...asHow(how) }),
    changeSets: async (entity: Entity, signal?: AbortSignal) => {
      const params = { path: { entity }, query: { limit: mostSets } }
      return (await bring(client.GET('/api/registry/{entity}/changes', { params, signal }))).sets
    },
    undo: (set: ChangeSet) => bring(client.POST('/api/change-sets/{set}/undo', { params: { path: { set: set.id } } })),
  }
}

function importCalls(client: Client, bring: Bring) {
  const path = (id: string) => ({ path: { import: id } })
  return {
    upload: (entity: Entity, file: File) =>
      bring(client.POST('/api/imports', {
        params: { query: { entity, file_name: file.name } },
        headers: { 'Content-Type': 'application/octet-stream' },
        body: file as unknown as string, // the contract's word for bytes
        bodySerializer: (bytes: unknown) => bytes,
      })),
    imports: async (signal?: AbortSignal) => (await bring(client.GET('/api/imports', { signal }))).imports,
    sheetImport: (id: string, signal?: AbortSignal) => bring(client.GET('/api/imports/{import}', { params: path(id), signal })),
    importReport: (id: string, kind: ReportKind, offset: number, limit: number, signal?: AbortSignal) =>
      bring(client.GET('/api/imports/{import}/report', { params: { ...path(id), query: { kind, offset, limit } }, signal })),
    acceptImport: (id: string, goodOnly: boolean, reason: string) =>
      bring(client.POST('/api/imports/{import}/accept', { params: path(id), body: { good_only: goodOnly, reason } })),
    cancelImport: (id: string) => bring(client.POST('/api/imports/{import}/cancel', { params: path(id) })),
    file: async (address: string, signal?: AbortSignal) => {
      // An address that the contract has, already filled in: only its type stands for another one's.
      const answer = await client.GET(address as '/api/registry', { parseAs: 'blob', signal })
      return new File([await bring(Promise.resolve(answer))], nameIn(answer.response))
    },
  }
}

/** The name that the server gave a file (RFC 6266), its plain one where it has no other. */
function nameIn(response: Response): string {
  const disposition = response.headers.get('Content-Disposition') ?? ''
  const [, coded] = /filename\*=utf-8''([^;]+)/i.exec(disposition) ?? []
  const [, plain] = /filename="?([^";]+)/i.exec(disposition) ?? []
  return coded ? decodeURIComponent(coded) : (plain ?? 'jieli')
}

const asHow = ({ dryRun = false, goodOnly = false, reason = '' }: ChangeHow) => ({ dry_run: dryRun, good_only: goodOnly, reason })

const asFilter = ({ field, op, values }: Schemas['RegistryFilter']): RegistryFilter => ({ field, op, values: values ?? [] })

const asView = ({ id, name, search, filters, sort, columns }: Schemas['RegistryView']): SavedView => ({
  id, name, search: search ?? '', filters: (filters ?? []).map(asFilter), columns: columns ?? [],
  sort: (sort ?? []).map(({ field, desc }) => ({ field, desc: desc ?? false })),
})

/** A filter as addresses hold it: field:op:value, several values joined by ";". */
export function writeFilter({ field, op, values }: RegistryFilter): string {
  return values.length === 0 ? `${field}:${op}` : `${field}:${op}:${values.join(';')}`
}

/** A list is one entry, with commas. */
const listed = (all: string[]) => (all.length > 0 ? [all.join(',')] : [])

/** A query as addresses hold it. */
export function inAddress({ search, filters, sort, columns }: RegistryQuery) {
  return {
    q: search || undefined,
    filter: filters.map(writeFilter),
    sort: listed(sort.map(({ field, desc }) => (desc ? `-${field}` : field))),
    columns: listed(columns),
  }
}

const asked = (query: RegistryQuery) => {
  const { q, filter, sort, columns } = inAddress(query)
  const entries = Object.entries({ q: q ? [q] : [], filter, sort, columns })
  return new URLSearchParams(entries.flatMap(([key, values]) => values.map((value) => [key, value]))).toString()
}

/** Where the files are that the registry gives out. */
export const files = {
  export: (entity: Entity, format: 'xlsx' | 'csv', query: RegistryQuery) => `/api/registry/${entity}/export.${format}?${asked(query)}`,
  paper: (entity: Entity, kind: PaperKind, query: RegistryQuery) =>
    `${kind === 'roster' ? `/api/registry/${entity}/roster` : '/api/papers/statistics'}.xlsx?${asked(query)}`,
  template: (entity: Entity) => `/api/registry/${entity}/template.xlsx`,
  result: (id: string) => `/api/imports/${id}/result.xlsx`,
}
