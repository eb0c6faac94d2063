//! Tokens signed by HMAC with SHA-2 (RFC 7519, RFC 7518, 3.2): the only kind that the platform's have here.
//!
//! jsonwebtoken brings either a C library that takes a minute to build, or RSA and elliptic curves that nobody
//! here uses: so it is given the HMAC of the `hmac` crate.

use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{
    Algorithm, AlgorithmFamily, DecodingKey, EncodingKey, Header, Validation, decode, encode,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Sha256, Sha384, Sha512};
use signature::{Error as SignatureError, Signer, Verifier};

/// A secret that tokens are signed with and read by.
pub(crate) struct Key {
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl Key {
    pub(crate) fn new(secret: &[u8]) -> Self {
        // The second time there is one already: the same.
        let _ = PROVIDER.install_default();
        Self {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
        }
    }

    /// A token with these claims, signed with HS256.
    ///
    /// # Errors
    /// When the claims cannot be written.
    pub(crate) fn sign(&self, claims: &impl Serialize) -> Result<String, Error> {
        encode(&Header::new(Algorithm::HS256), claims, &self.encoding)
    }

    /// The claims of a token that this key signed with HS256 and that `validation` lets pass.
    ///
    /// # Errors
    /// Why it does not count.
    pub(crate) fn read<T: DeserializeOwned>(
        &self,
        token: &str,
        validation: &Validation,
    ) -> Result<T, Error> {
        let token = decode(token, &self.decoding, validation)?;
        // It names what must be understood (RFC 7515, 4.1.11), and nothing of the kind is.
        if token.header.crit.is_some() {
            return Err(ErrorKind::InvalidToken.into());
        }
        Ok(token.claims)
    }
}

/// What a token of HS256 must have: these claims, and a time that has not passed by any second.
pub(crate) fn validation(required: &[&str]) -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.leeway = 0;
    validation.set_required_spec_claims(required);
    validation
}

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| match key.family() {
        AlgorithmFamily::Hmac => Ok(Box::new(HmacKey::new(*algorithm, key.as_bytes())?)),
        AlgorithmFamily::Rsa | AlgorithmFamily::Ec | AlgorithmFamily::Ed => {
            Err(ErrorKind::InvalidAlgorithm.into())
        }
    },
    verifier_factory: |algorithm, key| {
        Ok(Box::new(HmacKey::new(*algorithm, key.try_get_as_bytes()?)?))
    },
    key_utils: KeyUtils::new_unimplemented(),
};

/// A key of one of the three algorithms.
struct HmacKey {
    algorithm: Algorithm,
    mac: AnyMac,
}

enum AnyMac {
    Sha256(Hmac<Sha256>),
    Sha384(Hmac<Sha384>),
    Sha512(Hmac<Sha512>),
}

impl HmacKey {
    fn new(algorithm: Algorithm, secret: &[u8]) -> Result<Self, Error> {
        let invalid = |_| Error::from(ErrorKind::InvalidKeyFormat);
        let mac = if algorithm == Algorithm::HS256 {
            AnyMac::Sha256(Hmac::new_from_slice(secret).map_err(invalid)?)
        } else if algorithm == Algorithm::HS384 {
            AnyMac::Sha384(Hmac::new_from_slice(secret).map_err(invalid)?)
        } else if algorithm == Algorithm::HS512 {
            AnyMac::Sha512(Hmac::new_from_slice(secret).map_err(invalid)?)
        } else {
            return Err(ErrorKind::InvalidAlgorithm.into());
        };
        Ok(Self { algorithm, mac })
    }
}

impl Signer<Vec<u8>> for HmacKey {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, SignatureError> {
        Ok(match self.mac.clone_with(message) {
            AnyMac::Sha256(mac) => mac.finalize().into_bytes().to_vec(),
            AnyMac::Sha384(mac) => mac.finalize().into_bytes().to_vec(),
            AnyMac::Sha512(mac) => mac.finalize().into_bytes().to_vec(),
        })
    }
}

impl Verifier<Vec<u8>> for HmacKey {
    /// In a time that does not tell how much of the signature is right.
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), SignatureError> {
        let verified = match self.mac.clone_with(message) {
            AnyMac::Sha256(mac) => mac.verify_slice(signature),
            AnyMac::Sha384(mac) => mac.verify_slice(signature),
            AnyMac::Sha512(mac) => mac.verify_slice(signature),
        };
        verified.map_err(|_| SignatureError::new())
    }
}

impl AnyMac {
    /// The same key with a message.
    fn clone_with(&self, message: &[u8]) -> Self {
        match self {
            Self::Sha256(mac) => Self::Sha256(mac.clone().chain_update(message)),
            Self::Sha384(mac) => Self::Sha384(mac.clone().chain_update(message)),
            Self::Sha512(mac) => Self::Sha512(mac.clone().chain_update(message)),
        }
    }
}

impl JwtSigner for HmacKey {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}

impl JwtVerifier for HmacKey {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn a_token_is_signed_as_rfc_7515_has_it() {
        // Its appendix A.1.
        let secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
        let token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\
            eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
            dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let secret =
            base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, secret);
        let key = Key::new(&secret.unwrap());
        let mut validation = validation(&[]);
        validation.validate_exp = false;
        let claims: Value = key.read(token, &validation).unwrap();
        assert_eq!(claims["iss"], "joe");
        assert!(
            Key::new(b"another")
                .read::<Value>(token, &validation)
                .is_err()
        );
        let mut header = Header::new(Algorithm::HS256);
        header.crit = Some(vec!["exp".to_owned()]);
        let critical = encode(&header, &json!({ "iss": "me" }), &key.encoding).unwrap();
        assert!(key.read::<Value>(&critical, &validation).is_err());
        let own = key.sign(&json!({ "iss": "me" })).unwrap();
        assert_eq!(key.read::<Value>(&own, &validation).unwrap()["iss"], "me");
    }
}
