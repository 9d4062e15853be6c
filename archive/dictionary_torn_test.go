package archive

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"
)

// Where a volume's copies of dictionaries can't be read, its bodies can: the
// catalog has the dictionaries. And the other way round.
func TestTornDictionaries(t *testing.T) {
	for _, file := range []string{volumeName(1), catalogFile} {
		s := newStore(t, Options{})
		furniture := page(1, 9000)
		var want []Capture
		for i := range 30 {
			body := append(bytes.Clone(furniture), page(uint64(100+i), 3000)...)
			c := mustAppend(t, s, capture(fmt.Sprintf("https://example.com/%d", i), i, body))
			c.Body = body
			want = append(want, c)
			s.training.settle()
		}
		s.Close()
		path := filepath.Join(s.dir, file)
		db, err := bbolt.Open(path, 0o644, &bbolt.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		var root, size int64
		err = db.View(func(b *bbolt.Tx) error {
			root, size = int64(b.Bucket([]byte(bucketDicts)).RootPage()), int64(db.Info().PageSize)
			return nil
		})
		db.Close()
		if err != nil || root == 0 {
			t.Fatalf("no dictionaries in a page of their own: %v", err)
		}
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteAt(make([]byte, size), root*size); err != nil {
			t.Fatal(err)
		}
		f.Close()
		if file == catalogFile { // nothing goes without them; the volumes give them back
			r, err := Repair(t.Context(), s.dir, RepairOptions{Apply: true})
			if err != nil || !r.Applied {
				t.Fatalf("%+v, %v", r, err)
			}
		}
		s, err = Open(s.dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			got, err := s.Capture(w.Seq)
			if err != nil || !bytes.Equal(got.Body, w.Body) {
				t.Errorf("%s: capture %d: %v", file, w.Seq, err)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
