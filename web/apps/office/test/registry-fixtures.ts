import type { RegistryField, RegistryRecord, RegistryTable } from '@jieli/api'

/** A field; what a test is about is given, the rest follows. */
export function field(given: Partial<RegistryField> & { key: string }): RegistryField {
  return {
    label: given.key, note: '', type: 'text', required: false, read_only: false, masked: false, sortable: true, filterable: true,
    default: true, min: 0, max: 0, max_len: 50, month_only: false, standard: '', options: [], ...given,
  }
}

export const cadres: RegistryTable = {
  entity: 'cadre', label: '干部', key: 'id', may: { edit: true, import: true, export: true, reveal: true },
  fields: [
    field({ key: 'id', label: '编号', read_only: true }),
    field({ key: 'name', label: '姓名', required: true }),
    field({ key: 'unit', label: '派出单位', type: 'unit' }),
    field({ key: 'sex', label: '性别', type: 'choice', options: [{ value: '1', label: '男' }, { value: '2', label: '女' }] }),
    field({ key: 'rural_years', label: '农村经历', type: 'integer' }),
    field({ key: 'young_pool', label: '年轻干部', type: 'boolean', default: false }),
    field({ key: 'id_number', label: '身份证号', type: 'secret', masked: true, default: false }),
  ],
}

export const people: RegistryRecord[] = [
  { key: 'C1', version: 3, values: { id: 'C1', name: '陈坚', unit: 'U1', sex: '1', rural_years: '12', id_number: '****1X' } },
  { key: 'C2', version: 1, values: { id: 'C2', name: '李梅', unit: 'U1', sex: '2', rural_years: '3' } },
]

export const names = { U1: '省委宣传部' }
