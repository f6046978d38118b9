import js from '@eslint/js'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import vue from 'eslint-plugin-vue'
import a11y from 'eslint-plugin-vuejs-accessibility'

export default tseslint.config(
  {
    // The generated client is held by generate:check, not by style rules.
    ignores: ['**/node_modules/**', 'packages/api/src/schema.d.ts'],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  ...vue.configs['flat/recommended'],
  ...a11y.configs['flat/recommended'],
  {
    files: ['**/*.{ts,vue,js}'],
    languageOptions: {
      parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.vue'] },
      globals: { ...globals.browser, ...globals.node },
    },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true }],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/no-v-html': 'error',
      'vue/no-unused-refs': 'error',
      'vue/require-typed-ref': 'error',
      // TypeScript resolves names and knows the browser's globals; the rule does not see types.
      'no-undef': 'off',
      // Types make an optional prop's default explicit: undefined.
      'vue/require-default-prop': 'off',
      // Line breaking is a matter of reading, not of attribute counts.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always', normal: 'always', component: 'always' } }],
      // Labels are tied by for/id; wrapping the control as well is not needed.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  {
    // Its rows become boxes on a narrow screen, which takes their roles away unless they are written out.
    files: ['apps/office/src/team/ScoreParts.vue'],
    rules: { 'vuejs-accessibility/no-redundant-roles': 'off' },
  },
  {
    // Command-line tools talk to their user through the console.
    files: ['e2e/screenshots.ts', 'packages/api/scripts/**'],
    rules: { 'no-console': 'off' },
  },
)
