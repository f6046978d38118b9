import type { components } from './schema'

type Schemas = components['schemas']

/** The contract's shapes, under the names that pages use. */
export type Me = Schemas['Me']
export type Round = Schemas['Round']
export type Plan = Schemas['Plan']
export type Share = Schemas['ShareFigures']
export type RegionRef = Schemas['RegionRef']
export type RegionPage = Schemas['RegionPage']
export type RegionFigures = Schemas['ChildFigures']
export type FoundRegion = Schemas['RegionHit']
export type Figures = Schemas['Figures']
export type CategoryFigures = Schemas['CategoryFigures']
export type VillagePoint = Schemas['Point']
export type Outlines = Schemas['Outlines']
export type Outline = Schemas['Outline']
export type TeamRow = Schemas['TeamRow']
export type TeamPage = Schemas['Team']
export type TeamMember = Schemas['TeamMember']
export type TeamVillage = Schemas['TeamVillage']
export type SkillValue = Schemas['SkillValue']
export type ScorePart = Schemas['ScorePart']
export type UnservedRow = Schemas['UnservedRow']

export type Category = TeamRow['category']
export type UnitLevel = TeamRow['unit']['level']

/** One block of a long list, and how long the list is. */
export interface Block<Row> {
  rows: Row[]
  total: number
}
