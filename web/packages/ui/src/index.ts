// Components and tokens that every app of the product shares.
export { default as CategoryTag } from './CategoryTag.vue'
export { default as ScaleLegend } from './ScaleLegend.vue'
export { default as ShareBar } from './ShareBar.vue'
export { default as SortHeader } from './SortHeader.vue'
export { default as StateNotice } from './StateNotice.vue'
export { default as UnitLevelTag } from './UnitLevelTag.vue'
export { default as WindowTable } from './WindowTable.vue'
export * from './columns'
