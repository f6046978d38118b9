import { describe, expect, it, vi } from 'vitest'
import { ApiError, createApi, troubleOf, type ApiSettings } from '@jieli/api'

interface Sent {
  method: string
  path: string
  language: string | null
  body: string
}

/** An api whose every request is answered alike, and what was sent. */
function answering(status: number, body: unknown, settings: Partial<ApiSettings> = {}) {
  const sent: Sent[] = []
  const api = createApi({
    baseUrl: 'http://office.test',
    language: () => 'zh-CN',
    fetch: async (input) => {
      const request = input as Request
      const { pathname, search } = new URL(request.url)
      sent.push({
        method: request.method,
        path: pathname + search,
        language: request.headers.get('Accept-Language'),
        body: await request.text(),
      })
      return new Response(status === 204 ? null : JSON.stringify(body), {
        status,
        headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' },
      })
    },
    ...settings,
  })
  return { api, sent }
}

describe('calls', () => {
  it('carry the language of the reader', async () => {
    const { api, sent } = answering(200, { rounds: [] }, { language: () => 'en' })
    await api.rounds()
    expect(sent[0]).toMatchObject({ method: 'GET', path: '/api/rounds', language: 'en' })
  })

  it('ask for what the contract names', async () => {
    const { api, sent } = answering(200, { rows: [], total: 0 })
    await api.teams('p 1', { region: '4309', q: '沙田', unit_level: 'city', desc: true, offset: 100, limit: 100 })
    const url = new URL(sent[0]?.path ?? '', 'http://office.test')
    expect(url.pathname).toBe('/api/plans/p%201/teams')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      region: '4309', q: '沙田', unit_level: 'city', desc: 'true', offset: '100', limit: '100',
    })
  })

  it('unpack lists', async () => {
    const { api } = answering(200, { plans: [{ id: 'p' }], points: [1], regions: [2] })
    expect(await api.plans('2023')).toEqual([{ id: 'p' }])
    expect(await api.points('p', '430923')).toEqual([1])
    expect(await api.searchRegions('anhua')).toEqual([2])
  })

  it('send the password in the body only', async () => {
    const { api, sent } = answering(200, {})
    await api.signIn('hunan', 'secret')
    expect(sent[0]).toMatchObject({ method: 'POST', path: '/api/session' })
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({ username: 'hunan', password: 'secret' })
  })

  it('may answer with nothing', async () => {
    const { api, sent } = answering(204, undefined)
    await expect(api.signOut()).resolves.toBeUndefined()
    expect(sent[0]?.method).toBe('DELETE')
  })
})

describe('trouble', () => {
  it('keeps the words and the key of the server', async () => {
    const { api } = answering(404, { status: 404, code: 'team.not_found', detail: '没有这支工作队。' })
    const error = await api.team('p', 't').catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ trouble: 'not_found', code: 'team.not_found', message: '没有这支工作队。' })
  })

  it('is told once the session has ended, but not by the questions about the session itself', async () => {
    const onSignedOut = vi.fn()
    const { api } = answering(401, { code: 'session.signed_out' }, { onSignedOut })
    await expect(api.me()).rejects.toMatchObject({ trouble: 'signed_out' })
    await expect(api.signIn('a', 'b')).rejects.toMatchObject({ trouble: 'signed_out' })
    expect(onSignedOut).not.toHaveBeenCalled()
    await expect(api.rounds()).rejects.toMatchObject({ trouble: 'signed_out' })
    expect(onSignedOut).toHaveBeenCalledOnce()
  })

  it('is offline where no answer came', async () => {
    const { api } = answering(0, {}, { fetch: () => Promise.reject(new TypeError('Failed to fetch')) })
    await expect(api.plan('p')).rejects.toMatchObject({ trouble: 'offline', status: 0 })
  })

  it('of a proxy that knows no problem documents is the server’s', async () => {
    const fetch = () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 }))
    const { api } = answering(0, {}, { fetch })
    await expect(api.plan('p')).rejects.toMatchObject({ trouble: 'server', status: 502, code: '' })
  })

  it('is none where the page itself ended the call', async () => {
    const stop = new AbortController()
    const { api } = answering(0, {}, {
      fetch: () => {
        stop.abort()
        return Promise.reject(new DOMException('ended', 'AbortError'))
      },
    })
    await expect(api.plan('p', stop.signal)).rejects.not.toBeInstanceOf(ApiError)
  })

  it('is sorted by what a reader can do', () => {
    const sorted = [401, 403, 404, 422, 409, 429, 503, 500, 502].map(troubleOf)
    expect(sorted).toEqual([
      'signed_out', 'forbidden', 'not_found', 'invalid', 'invalid', 'busy', 'busy', 'server', 'server',
    ])
  })
})
