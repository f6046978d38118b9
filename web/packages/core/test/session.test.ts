import { describe, expect, it, vi } from 'vitest'
import { ApiError, type Api, type Me } from '@jieli/api'
import { createSession } from '@jieli/core'

const office: Me = {
  id: '1', username: 'hunan', name: '省驻村办', role: 'province_office',
  region: { code: '430000000000', name: '湖南省', level: 'province' },
}

function sessionWith(api: Partial<Api>) {
  return createSession(api as Api)
}

describe('a session', () => {
  it('is restored from the server, once', async () => {
    const me = vi.fn(() => Promise.resolve(office))
    const session = sessionWith({ me })
    await Promise.all([session.restore(), session.restore()])
    await session.restore()
    expect(session.me.value).toEqual(office)
    expect(me).toHaveBeenCalledOnce()
  })

  it('is nobody where the server knows nobody', async () => {
    const session = sessionWith({ me: () => Promise.reject(new ApiError('signed_out', 401)) })
    await session.restore()
    expect(session.signedIn.value).toBe(false)
  })

  it('can be asked for again after the server was out of reach', async () => {
    const me = vi.fn<() => Promise<Me>>().mockRejectedValueOnce(new ApiError('offline', 0)).mockResolvedValue(office)
    const session = sessionWith({ me })
    await expect(session.restore()).rejects.toThrow()
    await session.restore()
    expect(session.signedIn.value).toBe(true)
  })

  it('starts and ends', async () => {
    const signOut = vi.fn(() => Promise.resolve())
    const session = sessionWith({ signIn: () => Promise.resolve(office), signOut })
    await session.signIn('hunan', 'secret')
    expect(session.me.value?.name).toBe('省驻村办')
    await session.signOut()
    expect(session.signedIn.value).toBe(false)
    expect(signOut).toHaveBeenCalledOnce()
  })

  it('stays where the server refused the sign-out', async () => {
    const session = sessionWith({
      signIn: () => Promise.resolve(office),
      signOut: () => Promise.reject(new ApiError('offline', 0)),
    })
    await session.signIn('hunan', 'secret')
    await expect(session.signOut()).rejects.toThrow()
    expect(session.signedIn.value).toBe(true)
  })
})
