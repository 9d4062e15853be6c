package archive

import (
	"fmt"

	"go.etcd.io/bbolt"
)

// commonHeaders is the dictionary of the captures' records: what their headers
// have in common. It is kept in every archive, so that another program can
// read the archive without this one, and this one can change its mind. What is
// most common stands last.
const commonHeaders = `Alt-Svch3=":443"; ma=86400Report-ToReferrer-Policystrict-origin-when-cross-originPermissions-Policyinterest-cohort=()` +
	`Content-Security-Policyupgrade-insecure-requestsX-Xss-Protection1; mode=blockAccess-Control-Allow-Origin*LinkrelX-Powered-ByPHP` +
	`X-Served-Bycache-fraX-Timer,VS0,VE0Via1.1 varnish, 1.1 varnish1.1 googleX-Amz-Cf-PopFRA-P1X-Amz-Cf-IdX-CacheMiss from cloudfrontHIT, HITX-Cache-Hits` +
	`Cf-Cache-StatusDYNAMICCf-RayServerAmazonS3ApachecloudflarenginxSet-Cookie; Path=/; Secure; HttpOnly; SameSite=Lax; Expires=` +
	`Pragmano-cacheAccept-RangesbytesContent-LanguageContent-EncodinggzipTransfer-EncodingchunkedConnectionkeep-alive` +
	`VaryAccept-Encoding, User-Agent, CookieX-Frame-OptionsSAMEORIGINX-Content-Type-OptionsnosniffStrict-Transport-Securitymax-age=31536000; includeSubDomains; preload` +
	`ExpiresThu, 01 Jan 1970 00:00:00 GMTMon, Tue, Wed, Fri, Sat, Sun, Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec 2026 2027 ` +
	`EtagW/""Last-ModifiedAge0Cache-Controlpublic, max-age=60, s-maxage=no-cache, no-store, must-revalidateprivate, max-age=0` +
	`Content-LengthDateContent-Typetext/html;charset=utf-8text/html; charset=UTF-8https://www..com/.html`

var formatKey = []byte("format")

// initialise fills a new archive.db.
func initialise(b *bbolt.Tx, begun *state) error {
	put := func(bucket string, key []byte, k kind, content []byte) error {
		f := frame{kind: k, codec: codecPlain, size: uint64(len(content)), payload: content}
		begun.rows[bucket]++
		return b.Bucket([]byte(bucket)).Put(key, appendFrame(nil, key, f))
	}
	for _, name := range buckets() {
		if _, err := b.CreateBucket([]byte(name)); err != nil {
			return err
		}
	}
	if err := put(bucketDicts, number(captureDict), kindDict, []byte(commonHeaders)); err != nil {
		return err
	}
	if err := put(bucketMeta, formatKey, kindState, number(schemaVersion)); err != nil {
		return err
	}
	begun.rows[bucketMeta]++ // the state itself
	f := frame{kind: kindState, codec: codecPlain}
	f.payload = begun.record()
	f.size = uint64(len(f.payload))
	return b.Bucket([]byte(bucketMeta)).Put([]byte("state"), appendFrame(nil, []byte("state"), f))
}

// checkFormat refuses what is no archive, or one of a newer program, and gives
// the schema of one that is older.
func (tx *Tx) checkFormat() (version uint64, err error) {
	err = tx.access(func() error {
		meta := tx.b.Bucket([]byte(bucketMeta))
		if meta == nil {
			return fmt.Errorf("%w: %s is a bbolt file, but not an archive", ErrDamaged, catalogFile)
		}
		f, err := parseFrame(formatKey, meta.Get(formatKey), kindState)
		version = numberOf(f.payload)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("format of the archive: %w", damaged(err))
	}
	if version > schemaVersion {
		return 0, fmt.Errorf("%w: its format is %d, this program knows %d", ErrNewer, version, schemaVersion)
	}
	if version == 0 {
		return 0, fmt.Errorf("%w: format 0", ErrDamaged)
	}
	for _, name := range buckets() {
		err := tx.access(func() error {
			if tx.bucket(name) == nil && since(name) <= version {
				return fmt.Errorf("%w: %s has no bucket %s", ErrDamaged, catalogFile, name)
			}
			return nil
		})
		if err != nil {
			return 0, err
		}
	}
	return version, tx.loadState()
}
