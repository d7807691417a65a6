//! The keys: the host's ring, which only wraps, and the secrets of one file, which it wraps.

use super::digest::Digest;
#[cfg(feature = "test-environment")]
use super::random::{Seed, Stream};
use aes_gcm_siv::{AeadInOut, Aes256GcmSiv, KeyInit, Nonce};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// One key.
pub(crate) type Key = [u8; 32];

const NONCE_BYTES: usize = 12;
const WRAP_LABEL: &[u8] = b"admit key block 1";
/// So many links stay good over rotations; the oldest key goes first.
const TOKEN_KEYS_MAX: usize = 64;

/// The operating system gave no randomness; nothing was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no randomness")]
pub struct NoRandomness;

pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), NoRandomness> {
    getrandom::fill(bytes).map_err(|_| NoRandomness)
}

/// The host's keys. The first wraps; each of them may open. Wiped on drop.
#[derive(Clone, ZeroizeOnDrop)]
pub struct KeyRing {
    keys: Vec<Key>,
    #[cfg(feature = "test-environment")]
    pinned: Option<u64>,
}

impl KeyRing {
    /// Makes a ring; `others` are older keys under which the file may still be wrapped.
    pub fn new(mut first: [u8; 32], others: &[[u8; 32]]) -> Self {
        // As many as there will be, so that growing leaves no copy behind.
        let mut keys = Vec::with_capacity(1 + others.len());
        keys.push(first);
        keys.extend_from_slice(others);
        first.zeroize();
        Self {
            keys,
            #[cfg(feature = "test-environment")]
            pinned: None,
        }
    }

    /// Makes the secrets of a new file follow from a seed, so that tests know its tokens.
    #[cfg(feature = "test-environment")]
    #[must_use]
    pub fn pinned(mut self, seed: u64) -> Self {
        self.pinned = Some(seed);
        self
    }

    /// The secrets of a new file, which this ring is to wrap.
    pub(crate) fn new_secrets(&self) -> Result<Secrets, NoRandomness> {
        #[cfg(feature = "test-environment")]
        if let Some(seed) = self.pinned {
            return Ok(Secrets::pinned(seed));
        }
        Secrets::generate()
    }

    /// Wraps the secrets of a file under the first key, bound to what stands beside them.
    pub(crate) fn wrap(
        &self,
        secrets: &Secrets,
        file_id: &[u8; 16],
        beside: &[u8],
    ) -> Result<Vec<u8>, NoRandomness> {
        let mut nonce = Nonce::default();
        fill(&mut nonce)?;
        let mut sealed = secrets.encode();
        let cipher = self.keys.first().map(|key| wrapping(key, file_id));
        let tag = cipher.and_then(|cipher| {
            cipher.encrypt_inout_detached(&nonce, beside, sealed.as_mut_slice().into()).ok()
        });
        let tag = tag.ok_or(NoRandomness)?;
        Ok([&nonce[..], &sealed, &tag].concat())
    }

    /// Unwraps secrets; None when no key of the ring does.
    pub(crate) fn unwrap(
        &self,
        wrapped: &[u8],
        file_id: &[u8; 16],
        beside: &[u8],
    ) -> Option<Secrets> {
        let (nonce, sealed) = wrapped.split_at_checked(NONCE_BYTES)?;
        let nonce = Nonce::try_from(nonce).ok()?;
        self.keys.iter().find_map(|key| {
            let mut bytes = Zeroizing::new(sealed.to_vec());
            let cipher = wrapping(key, file_id);
            cipher.decrypt_in_place(&nonce, beside, &mut *bytes).ok()?;
            Secrets::decode(&bytes)
        })
    }
}

fn wrapping(key: &Key, file_id: &[u8; 16]) -> Aes256GcmSiv {
    let mut derived = Zeroizing::new([0; 32]);
    // 32 bytes are always within what HKDF expands to.
    let _ = Hkdf::<Sha256>::new(Some(file_id), key).expand(WRAP_LABEL, &mut *derived);
    Aes256GcmSiv::new((&*derived).into())
}

/// The keys of one file. They never leave it unwrapped, have no `Debug`, and are wiped on drop.
#[derive(ZeroizeOnDrop)]
pub struct Secrets {
    page: Key,
    id_cipher: Key,
    subject_wrapping: Key,
    digest: Key,
    tokens: Vec<TokenKey>,
}

#[derive(Clone, Copy, Zeroize)]
struct TokenKey {
    number: u8,
    key: Key,
}

impl Secrets {
    /// Draws fresh keys for a new file.
    pub fn generate() -> Result<Self, NoRandomness> {
        let mut secrets = Self::blank();
        for key in secrets.all_mut() {
            fill(key)?;
        }
        Ok(secrets)
    }

    #[cfg(feature = "test-environment")]
    fn pinned(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_be_bytes());
        let mut stream = Stream::new(&Seed::new(bytes).child("secrets of a new file"));
        let mut secrets = Self::blank();
        for key in secrets.all_mut() {
            *key = stream.bytes();
        }
        secrets
    }

    fn blank() -> Self {
        Self {
            page: [0; 32],
            id_cipher: [0; 32],
            subject_wrapping: [0; 32],
            digest: [0; 32],
            tokens: vec![TokenKey { number: 1, key: [0; 32] }],
        }
    }

    /// Copies the secrets and adds a token key, which becomes the current one.
    pub(crate) fn with_new_token_key(&self) -> Result<Self, NoRandomness> {
        let mut newest =
            TokenKey { number: self.current_token_key().0.wrapping_add(1), key: [0; 32] };
        fill(&mut newest.key)?;
        let spare = (self.tokens.len() + 1).saturating_sub(TOKEN_KEYS_MAX);
        let mut tokens = Vec::with_capacity(self.tokens.len() + 1);
        tokens.extend_from_slice(&self.tokens[spare..]);
        tokens.push(newest);
        newest.zeroize();
        Ok(Self { tokens, ..*self })
    }

    /// Copies the secrets with a page key of a file of its own.
    pub(crate) fn with_new_page_key(&self) -> Result<Self, NoRandomness> {
        let mut copy = Self { tokens: self.tokens.clone(), ..*self };
        fill(&mut copy.page)?;
        Ok(copy)
    }

    /// Tells the present token key from all others, without telling the key.
    pub fn token_key_mark(&self) -> [u8; 32] {
        self.mark(self.current_token_key().1)
    }

    fn mark(&self, token_key: &Key) -> [u8; 32] {
        Digest::new(self.digest).of("admit token key", &[token_key])
    }

    /// Copies the secrets without the token keys that are older than the marked one; where that
    /// one has gone itself, all that are left are newer.
    pub(crate) fn without_older_token_keys(&self, mark: &[u8; 32]) -> Self {
        let oldest = self.tokens.iter().position(|token| self.mark(&token.key) == *mark);
        Self { tokens: self.tokens[oldest.unwrap_or(0)..].to_vec(), ..*self }
    }

    /// The key under which pages are sealed.
    pub(crate) fn page_key(&self) -> &[u8; 32] {
        &self.page
    }

    /// The key under which ids in tokens are enciphered.
    pub fn id_cipher_key(&self) -> &[u8; 32] {
        &self.id_cipher
    }

    /// The key that wraps the key of each subject.
    pub fn subject_wrapping_key(&self) -> &[u8; 32] {
        &self.subject_wrapping
    }

    /// The key of keyed digests.
    pub fn digest_key(&self) -> &[u8; 32] {
        &self.digest
    }

    /// The number and key under which tokens are made now.
    pub fn current_token_key(&self) -> (u8, &[u8; 32]) {
        let newest = self.tokens.last();
        newest.map_or((0, &self.digest), |token| (token.number, &token.key))
    }

    /// The token key of a number; None when it was never made, or has been retired.
    pub fn token_key(&self, number: u8) -> Option<&[u8; 32]> {
        let token = self.tokens.iter().find(|token| token.number == number);
        token.map(|token| &token.key)
    }

    /// All token keys by number, retired ones excepted.
    pub fn token_keys(&self) -> impl Iterator<Item = (u8, &[u8; 32])> {
        self.tokens.iter().map(|token| (token.number, &token.key))
    }

    fn all_mut(&mut self) -> impl Iterator<Item = &mut Key> {
        [&mut self.page, &mut self.id_cipher, &mut self.subject_wrapping, &mut self.digest]
            .into_iter()
            .chain(self.tokens.iter_mut().map(|token| &mut token.key))
    }

    fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(4 * 32 + self.tokens.len() * 33));
        for key in [&self.page, &self.id_cipher, &self.subject_wrapping, &self.digest] {
            bytes.extend_from_slice(key);
        }
        for token in &self.tokens {
            bytes.push(token.number);
            bytes.extend_from_slice(&token.key);
        }
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (page, bytes) = bytes.split_first_chunk()?;
        let (id_cipher, bytes) = bytes.split_first_chunk()?;
        let (subject_wrapping, bytes) = bytes.split_first_chunk()?;
        let (digest, bytes) = bytes.split_first_chunk()?;
        let (tokens, rest) = bytes.as_chunks::<33>();
        if tokens.is_empty() || !rest.is_empty() {
            return None;
        }
        Some(Self {
            page: *page,
            id_cipher: *id_cipher,
            subject_wrapping: *subject_wrapping,
            digest: *digest,
            tokens: tokens.iter().filter_map(TokenKey::decode).collect(),
        })
    }
}

impl TokenKey {
    fn decode([number, key @ ..]: &[u8; 33]) -> Option<Self> {
        Some(Self { number: *number, key: *key })
    }
}
