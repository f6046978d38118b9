import type { Figures, Outlines, Plan, RegionPage, TeamPage, VillagePoint } from '@jieli/api'

/** Figures of a place; what a test is about is given, the rest follows. */
export function figures(given: Partial<Figures> = {}): Figures {
  const villages = given.villages ?? 10
  const served = given.served ?? villages
  return {
    villages, served, unserved: villages - served, teams: served, members: served * 2, score: served * 500_000,
    unit_match: 64.5, member_match: 60.25, coverage: villages > 0 ? served / villages : 0, by_category: [], ...given,
  }
}

export const anhua: RegionPage = {
  region: { code: '430923000000', name: '安化县', level: 'county' },
  path: [
    { code: '430000000000', name: '湖南省', level: 'province' },
    { code: '430900000000', name: '益阳市', level: 'city' },
    { code: '430923000000', name: '安化县', level: 'county' },
  ],
  figures: figures({ villages: 30, served: 28 }),
  children: [
    { region: { code: '430923100000', name: '东坪镇', level: 'township' }, figures: figures({ villages: 12, served: 12, unit_match: 50 }) },
    { region: { code: '430923101000', name: '清塘铺镇', level: 'township' }, figures: figures({ villages: 18, served: 16, unit_match: 70 }) },
    { region: { code: '430923400000', name: '芙蓉林场', level: 'township' }, figures: figures({ villages: 0, served: 0, teams: 0 }) },
  ],
}

export const points: VillagePoint[] = [
  { code: '430923101201', name: '沙田溪村', category: 'key', x: 0, y: 0, lon: 111.2, lat: 28.3, team: 'T1', unit_match: 72 },
  { code: '430923101202', name: '苏溪村', category: 'weak', x: 0, y: 0, lon: 111.3, lat: 28.1, team: '', unit_match: 0 },
  { code: '430923100201', name: '大溪村', category: 'consolidated', x: 0, y: 0, lon: 111.0, lat: 28.4, team: 'T2', unit_match: 40 },
]

const square = (lon: number, lat: number) => ({
  type: 'Polygon' as const,
  coordinates: [[[lon, lat], [lon + 1, lat], [lon + 1, lat + 1], [lon, lat + 1], [lon, lat]]],
})

export const outlines: Outlines = {
  type: 'FeatureCollection',
  features: [
    { type: 'Feature', properties: { code: '430923000000', name: '安化县', inner: [111.5, 28.5] }, geometry: square(111, 28) },
  ],
  source: 'a source',
  notice: 'a notice',
}

export const plan: Plan = {
  id: 'p', round: '2023', name: '2023—2025 年派驻方案', origin: 'solved', status: 'target', partial: false,
  policy: { id: 'v1', name: '选派政策', source: '示例文件', valid_from: '2023-03-01' },
  score: 4_802_376_820, bound: 4_806_122_674, tight_bound: 0, gap: 0.00078, relaxation_gap: 0, teams: 9905, members: 24021, unserved: 190, villages: 10095,
  seconds: 21.4, problem_digest: 'ab'.repeat(32), created_at: '2023-04-20T08:00:00Z',
  shares: [
    { level: 'province', attribute: 'under40', percent: 44, skill: '', members: 670, having: 301, actual_percent: 44.93, shortfall: 0 },
    { level: 'province', attribute: 'rural', percent: 26, skill: 'agriculture', members: 670, having: 171, actual_percent: 25.52, shortfall: 320 },
  ],
}

export const team: TeamPage = {
  id: 'T1', plan: 'p', round: '2023', county: { code: '430923000000', name: '安化县' }, path: anhua.path, category: 'key',
  score: 365_550, elsewhere: 0, distance_km: 83,
  villages: [{
    code: '430923101201', name: '沙田溪村', category: 'key', difficulty: 44, match: 72,
    needs: [{ speciality: 'tourism', value: 80 }, { speciality: 'farming', value: 30 }],
  }],
  unit: {
    id: 'U1', name: '省委宣传部', level: 'province', kind: 'government', strength: 56, home: '湖南省',
    skills: [{ speciality: 'farming', value: 90 }, { speciality: 'health', value: 40 }, { speciality: 'tourism', value: 0 }],
  },
  members: [
    { id: 'C1', name: '陈坚', role: 'leader', sex: '1', birth_year: 1980, age: 43, position: '副处长', unit: '省委宣传部', grade: 6, mid_level: true, rural_years: 12, young_pool: false, match: 60, skills: [] },
    { id: 'C2', name: '李梅', role: 'member', sex: '2', birth_year: 1993, age: 30, position: '科员', unit: '省委宣传部', grade: 2, mid_level: false, rural_years: 3, young_pool: true, match: 70, skills: [] },
  ],
  parts: [
    { key: 'unit_match', points: 216_000 }, { key: 'unit_prior', points: 0 }, { key: 'unit_strength', points: 22_000 },
    { key: 'unit_distance', points: -12_450 }, { key: 'further', points: 0 }, { key: 'member_match', points: 38_000 },
    { key: 'member_rural', points: 39_000 }, { key: 'member_young', points: 15_000 }, { key: 'leader_grade', points: 48_000 },
  ],
}
