// The parts of ECharts that the maps use. The page loads this file when it first draws a map.
import { ScatterChart, type ScatterSeriesOption } from 'echarts/charts'
import { GeoComponent, type GeoComponentOption } from 'echarts/components'
import { init, registerMap, use, type ComposeOption } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'

use([ScatterChart, GeoComponent, LabelLayout, CanvasRenderer])

export type MapOption = ComposeOption<ScatterSeriesOption | GeoComponentOption>
export { init, registerMap }
