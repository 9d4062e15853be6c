package guest

import (
	"errors"
	"io/fs"
)

// A Request is a command line with what it depends on.
type Request struct {
	Protocol int      `json:"protocol"`
	Program  string   `json:"program"` // its version
	Process  int      `json:"process"`
	Args     []string `json:"args"`
	Archive  string   `json:"archive"` // as the command line or the configuration has it
	Stdout   Screen   `json:"stdout"`
	Stderr   Screen   `json:"stderr"`
	Zone     []byte   `json:"zone,omitempty"` // the time zone, as Zone writes it
	// Said is how many bytes the command has printed on stdout and stderr
	// before it found the archive held. They are not printed again.
	Said [2]int64 `json:"said"`
}

// A Screen is what an output can show.
type Screen struct {
	Terminal bool `json:"terminal"`
	Columns  int  `json:"columns,omitempty"`
	Plain    bool `json:"plain,omitempty"` // NO_COLOR, or a terminal that has no colours
}

// A Welcome says that the command is being run.
type Welcome struct {
	Protocol int    `json:"protocol"`
	Program  string `json:"program"`
}

// A Refusal says why it is not.
type Refusal struct {
	Protocol int    `json:"protocol"`
	Program  string `json:"program"`
	Why      string `json:"why"` // one of those below
	Text     string `json:"text"`
}

// Why a Server refuses.
const (
	whyVersion = "version"
	whyUser    = "user"
	whyBusy    = "busy"
	whyEnding  = "ending"
)

// A call asks the client for something. Those without a number want no answer.
type call struct {
	Number uint32 `json:"number,omitempty"`
	Do     string `json:"do"`
	File   uint32 `json:"file,omitempty"` // 0 is standard input
	Name   string `json:"name,omitempty"`
	Making Making `json:"making,omitzero"`
}

// What calls do.
const (
	doStat   = "stat"
	doOpen   = "open"
	doRead   = "read" // answered by data, of which none is the end
	doClose  = "close"
	doCreate = "create"
	doKeep   = "keep"
	doDrop   = "drop"
	doRemove = "remove"
	doSync   = "sync" // answered when everything before it is written
)

// An answer to a call.
type answer struct {
	Number uint32 `json:"number"`
	Fault  *fault `json:"fault,omitempty"`
	Info   Info   `json:"info,omitzero"`
	Device bool   `json:"device,omitempty"`
}

// broken says that something can't be written to: file 0 is standard output.
type broken struct {
	File  uint32 `json:"file"`
	Fault fault  `json:"fault"`
}

// ended is how a command ended.
type ended struct {
	Code int `json:"code"`
}

// A fault is an error on its way.
type fault struct {
	Op   string `json:"op,omitempty"`
	Path string `json:"path,omitempty"`
	Kind string `json:"kind,omitempty"`
	Text string `json:"text"`
}

// kinds are the errors that callers tell apart.
var kinds = map[string]error{"exist": fs.ErrExist, "notexist": fs.ErrNotExist, "permission": fs.ErrPermission}

func faultOf(err error) *fault {
	if err == nil {
		return nil
	}
	f := &fault{Text: err.Error()}
	var p *fs.PathError
	if errors.As(err, &p) {
		f.Op, f.Path, f.Text = p.Op, p.Path, p.Err.Error()
	}
	for kind, known := range kinds {
		if errors.Is(err, known) {
			f.Kind = kind
		}
	}
	return f
}

// err is the error as it was.
func (f *fault) err() error {
	if f == nil {
		return nil
	}
	var err error = farError{f.Text, kinds[f.Kind]}
	if f.Op != "" {
		err = &fs.PathError{Op: f.Op, Path: f.Path, Err: err}
	}
	return err
}

// A farError happened at the other end.
type farError struct {
	text string
	is   error
}

func (e farError) Error() string { return e.text }
func (e farError) Unwrap() error { return e.is }
