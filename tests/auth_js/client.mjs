// The stock client against the embedded provider. It speaks with the test that started
// it by lines: "mail ADDRESS" asks for the secret in the last mail to an address.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const require = createRequire(new URL('../../assets/package.json', import.meta.url))
const { GoTrueAdminApi, GoTrueClient } = require('@supabase/auth-js')

const [base, serviceKey] = process.argv.slice(2)
const url = `${base}/auth/v1`
const vera = 'vera@example.ch'
const [first, second] = ['Saiten-und-24kg', 'Neue-Saiten-7kg!']

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const mail = async (to) => {
  console.log(`mail ${to}`)
  return (await lines.next()).value
}

const client = () => {
  const kept = new Map()
  const storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
  return new GoTrueClient({ url, storage, autoRefreshToken: false, detectSessionInUrl: false })
}
const good = ({ data, error }) => {
  assert.ifError(error)
  return data
}
const refused = ({ error }, status, code) => {
  assert.deepEqual([error?.status, error?.code], [status, code], error?.message)
  return error
}

// Signing up, by invitation and no other way.
const stranger = client()
refused(await stranger.signUp({ email: vera, password: first }), 422, 'signup_disabled')
const nobody = new GoTrueAdminApi({ url, headers: { Authorization: `Bearer ${'x'.repeat(40)}` } })
refused(await nobody.inviteUserByEmail(vera), 403, 'not_admin')
const admin = new GoTrueAdminApi({ url, headers: { Authorization: `Bearer ${serviceKey}` } })
const invited = good(await admin.inviteUserByEmail(vera)).user
assert.equal(invited.email, vera)
const invitation = await mail(vera)
const me = client()
const weak = await me.signUp({ email: vera, password: 'short', options: { data: { invitation } } })
refused(weak, 422, 'weak_password')
assert.equal(weak.error.name, 'AuthWeakPasswordError')
const up = good(await me.signUp({ email: vera, password: first, options: { data: { invitation } } }))
assert.equal(up.user.id, invited.id)
assert.ok(up.session.access_token)

// Reading one's user, with the session and with its token alone.
assert.equal(good(await me.getUser()).user.email, vera)
assert.equal(good(await stranger.getUser(up.session.access_token)).user.id, invited.id)
const { claims } = good(await me.getClaims())
assert.deepEqual([claims.sub, claims.aud, claims.role], [invited.id, 'authenticated', 'authenticated'])

// Renewing.
const renewed = good(await me.refreshSession()).session
assert.notEqual(renewed.refresh_token, up.session.refresh_token)
assert.equal(good(await me.getUser()).user.id, invited.id)

// Changing the password.
refused(await me.updateUser({ password: first }), 422, 'same_password')
good(await me.updateUser({ password: second, data: { role: 'admin' } }))

// Signing out, and what is worth nothing afterwards.
good({ data: true, error: (await me.signOut({ scope: 'local' })).error })
assert.equal((await me.getSession()).data.session, null)
assert.equal((await stranger.getUser(renewed.access_token)).error.name, 'AuthSessionMissingError')
refused(await stranger.refreshSession({ refresh_token: renewed.refresh_token }), 400, 'refresh_token_not_found')

// Signing in, with the new password and by a link.
refused(await me.signInWithPassword({ email: vera, password: first }), 400, 'invalid_credentials')
good(await me.signInWithPassword({ email: vera, password: second }))
assert.equal(good(await me.getUser()).user.user_metadata.role, 'admin')
assert.equal(good(await me.getUser()).user.role, 'authenticated')
good(await me.signInWithOtp({ email: vera, options: { shouldCreateUser: false } }))
const link = await mail(vera)
const other = client()
good(await other.verifyOtp({ token_hash: link, type: 'email' }))
refused(await client().verifyOtp({ token_hash: link, type: 'email' }), 403, 'otp_expired')
good(await other.signOut({ scope: 'others' }).then(({ error }) => ({ data: true, error })))
assert.equal((await me.getUser()).error.name, 'AuthSessionMissingError')
assert.equal(good(await other.getUser()).user.id, invited.id)

// A forgotten password.
good(await stranger.resetPasswordForEmail(vera))
const recovery = client()
good(await recovery.verifyOtp({ token_hash: await mail(vera), type: 'recovery' }))
good(await recovery.updateUser({ password: first }))
good({ data: true, error: (await recovery.signOut()).error })
console.log('done')
process.exit(0)
