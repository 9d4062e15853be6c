package archive

import (
	"crypto/sha256"
	"encoding/binary"

	"pressmark/extract/urlkey"
)

// The file archive.db is a bbolt file of 16 KB pages. Numbers in keys are
// big-endian, so that keys sort as their numbers do; n(8) is a number in 8
// bytes. "Record" is a frame (see frame.go) with one of the records of
// record_*.go in it; "index" is a value that can be made again from records.
// FORMAT.md tells all this, and the rest, to those who write readers.
//
//	meta       "format"                  record: the version of this schema
//	           "log"                     record: how far the log of what the archive holds goes (see proof_log.go)
//	           "pending"                 record: which files are to be copied without what was deleted, while some are
//	           "migration"               record: how far the way to the next schema is gone, while it is
//	           "state"                   record: the numbers given out so far, rows of each bucket, sums of sizes
//
// Facts, which are written by Append and never changed:
//
//	captures   seq(8)                    record: the capture but for its body, and the volume that has the body
//	ix_url     sha256(page key)[:16]     index: page(8), then the page key; begins with the digits of the page's ID
//	ix_capture page(8) seq(8)            index: volume(4) that holds its body, 0 when none does: a revisit
//	ix_digest  sha256(body)[:16]         index: seq(8) of the capture that holds the body
//	volumes    id(8)                     record: when the raw volume was begun and sealed
//	dicts      id(8)                     record: a dictionary for codecDict; never changed, and deleted only by a takedown
//	runs       id(8)                     record
//	tombstones id(8)                     record: what was taken down, when and why
//	leaves     block(8)                  record: which captures and versions are the leaves of the log
//	hashes     block(8)                  record: the hashes of the log's tree
//	voids      seq(8)                    record: why what a leaf speaks of is no longer there
//	checkpoints size(8)                  record: a signed note of what the log was at that size
//	decisions  id(8)                     record: what a person decided about stories; an undoing is written into it
//	ix_decision page(8) id(8)            index: empty
//
// Conclusions, which Reset drops:
//
//	pages      page(8)                   record: the state of a page
//	versions   page(8) n(4)              record: a version but for its article and sketch; rewritten when it is seen again
//	texts      page(8) n(4)              record: the article; a delta to version n-1 when that is good
//	sketches   page(8) n(4)              record
//	ix_doc     doc(8)                    index: page(8) n(4)
//	sightings  seq(8)                    record, by the capture's seq
//	ix_run     run(8) seq(8)             index: empty
//	changes    seq(8)                    record
//	ix_change  page(8) seq(8)            index: empty
//	stories    no(8)                     record
//	ix_story   story ID                  index: no(8)
//	ix_follow  page(8) page(8)           index: empty; the second follows up the first
//	band       key(8)                    record: from this key of sketches on, how many documents have it, and the first of them
//	filed      doc(8)                    record: the keys of a document's sketch, 8 bytes each, sorted
//	           0(8)                      record: doc(8) and key(8): the band has what documents up to this one have in front of this key
//	memory     domain of a site          record: what its pages have in common (see extract/memory)
//	journal    seq(8)                    record: a version, change, story or reset; captures are not repeated here
//	cursor     name                      record: seq(8); those of ingest are dropped, the others stay
//
// Captures and the journal draw their seq from one row of numbers, so that a
// cursor into the one is a cursor into the other.
//
// A file raw/000001.db is a bbolt file of 4 KB pages:
//
//	bodies     seq(8)                    record: length of the capture record (uvarint), the capture record, the body;
//	                                     a delta to an earlier one of the same page and volume when that is smaller
//	dicts      id(8)                     record: the catalog's record of a dictionary that a body needs
//
// It repeats what archive.db says of the capture, so that the pages can be had
// again from raw volumes alone.
const (
	bucketMeta      = "meta"
	bucketCaptures  = "captures"
	bucketURL       = "ix_url"
	bucketCapture   = "ix_capture"
	bucketDigest    = "ix_digest"
	bucketVolumes   = "volumes"
	bucketDicts     = "dicts"
	bucketRuns      = "runs"
	bucketTombstone = "tombstones"
	bucketLeaves    = "leaves"
	bucketHashes    = "hashes"
	bucketVoids     = "voids"
	bucketNotes     = "checkpoints"
	bucketDecisions = "decisions"
	bucketDecision  = "ix_decision"
	bucketPages     = "pages"
	bucketVersions  = "versions"
	bucketTexts     = "texts"
	bucketSketches  = "sketches"
	bucketDoc       = "ix_doc"
	bucketSightings = "sightings"
	bucketRun       = "ix_run"
	bucketChanges   = "changes"
	bucketChange    = "ix_change"
	bucketStories   = "stories"
	bucketStory     = "ix_story"
	bucketFollow    = "ix_follow"
	bucketBand      = "band"
	bucketFiled     = "filed"
	bucketMemory    = "memory"
	bucketJournal   = "journal"
	bucketCursor    = "cursor"

	bucketBodies = "bodies" // in raw volumes
)

// schemaVersion is raised when an older program could no longer read or write
// the archive rightly.
const schemaVersion = 5

// since is the schema that brought a bucket: older archives lack it, and are
// read as if it were empty.
func since(bucket string) uint64 {
	switch bucket {
	case bucketMemory, bucketTombstone: // of schema 1, the later archives have a memory
		return 2
	case bucketFiled:
		return 3
	case bucketLeaves, bucketHashes, bucketVoids, bucketNotes:
		return 4
	case bucketDecisions, bucketDecision, bucketFollow:
		return 5
	}
	return 1
}

// buckets are those of archive.db.
func buckets() []string {
	return append([]string{
		bucketMeta, bucketCaptures, bucketURL, bucketCapture, bucketDigest, bucketVolumes, bucketDicts, bucketRuns, bucketTombstone, bucketCursor,
		bucketLeaves, bucketHashes, bucketVoids, bucketNotes, bucketDecisions, bucketDecision,
	}, conclusions()...)
}

// conclusions are the buckets that Reset empties.
func conclusions() []string {
	return []string{
		bucketPages, bucketVersions, bucketTexts, bucketSketches, bucketDoc, bucketSightings, bucketRun,
		bucketChanges, bucketChange, bucketStories, bucketStory, bucketFollow, bucketBand, bucketFiled, bucketMemory, bucketJournal,
	}
}

// fill says how full bbolt may leave a page: nearly full where keys come in
// order, with room where they come anywhere.
func fill(bucket string) float64 {
	switch bucket {
	case bucketCaptures, bucketBodies, bucketDoc, bucketSightings, bucketRun, bucketChanges,
		bucketStories, bucketJournal, bucketFiled, bucketRuns, bucketTombstone, bucketVolumes, bucketDicts,
		bucketLeaves, bucketHashes, bucketNotes, bucketDecisions:
		return 0.95
	case bucketURL, bucketDigest, bucketStory, bucketBand, bucketMemory:
		return 0.5 // random keys: a fuller page would only be split again
	case bucketTexts:
		return 1 // two or three fill a page, and none of them well: what is left has room for further versions, which are small
	case bucketSketches:
		return 0.9
	}
	return 0.8 // by page: mostly new pages at the end, further versions anywhere
}

func number(n uint64) []byte { return binary.BigEndian.AppendUint64(make([]byte, 0, 8), n) }

func numbers(a, b uint64) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(make([]byte, 0, 16), a), b)
}

func versionKey(page uint64, n int) []byte {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint64(make([]byte, 0, 12), page), uint32(n))
}

// numberOf is the number that a key or index value begins with, 0 when it is too short.
func numberOf(b []byte) uint64 {
	if len(b) < 8 {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}

// versionOf reads versionKey.
func versionOf(b []byte) (page uint64, n int) {
	if len(b) != 12 {
		return 0, 0
	}
	return binary.BigEndian.Uint64(b), int(binary.BigEndian.Uint32(b[8:]))
}

func urlIndex(key urlkey.Key) []byte {
	h := sha256.Sum256([]byte(key))
	return h[:16]
}
