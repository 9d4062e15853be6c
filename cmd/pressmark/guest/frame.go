// Package guest carries a command line to the process that holds an archive, and brings back what the command would have done where it was typed.
//
// A Server listens on the socket daemon.sock in the archive's folder and runs
// each command line that comes in; Ask sends one there. What the command prints
// goes back as it comes, and so does its exit code. Its standard input, and the
// files that it reads and makes, stay those of who typed it: the server asks
// the client for them, which has the rights and knows the folder.
//
// Both ends make sure that the other is a process of the same user. A client
// that sends nonsense, says nothing, reads slowly or dies costs the server
// nothing but its own command.
package guest

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// A conversation is frames: a kind, the length of what follows in four bytes,
// lowest first, and that much. The client begins with a greeting, which the
// server answers with a welcome or a refusal; these three never change, so
// that versions that don't understand each other can say so.
//
//	greeting  → Request
//	welcome   ← Welcome
//	refusal   ← Refusal
//
// Then the server sends, in the order in which the command did it
//
//	stdout, stderr  ← bytes
//	content         ← number of a file in four bytes, bytes
//	call            ← call: a request for something of the client's
//	end             ← ended: the exit code, which is the last frame
//
// and the client
//
//	answer     → answer to a call
//	data       → number of the call in four bytes, what was read
//	broken     → broken: standard output or a file takes no more
//	interrupt  → Ctrl-C
const (
	frameGreeting  = 'H'
	frameWelcome   = 'W'
	frameRefusal   = 'R'
	frameStdout    = 'O'
	frameStderr    = 'E'
	frameContent   = 'F'
	frameCall      = 'C'
	frameEnd       = 'X'
	frameAnswer    = 'A'
	frameData      = 'D'
	frameBroken    = 'B'
	frameInterrupt = 'I'
)

// Protocol is the number of this conversation. Programs with the same number
// understand each other.
const Protocol = 1

const (
	frameHead = 5
	maxFrame  = 1 << 20
	chunk     = 64 << 10 // of what is printed, read or written
)

var errFrame = errors.New("not what pressmark says")

// readFrame reads a frame. What follows it in memory is bounded by what has
// come, not by what was announced.
func readFrame(r io.Reader) (kind byte, body []byte, err error) {
	var head [frameHead]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := binary.LittleEndian.Uint32(head[1:])
	switch head[0] {
	case frameGreeting, frameWelcome, frameRefusal, frameStdout, frameStderr, frameContent, frameCall,
		frameEnd, frameAnswer, frameData, frameBroken, frameInterrupt:
	default:
		return 0, nil, fmt.Errorf("%w: a frame of kind %q", errFrame, head[0])
	}
	if n > maxFrame {
		return 0, nil, fmt.Errorf("%w: a frame of %d bytes", errFrame, n)
	}
	for len(body) < int(n) {
		from := len(body)
		body = append(body, make([]byte, min(int(n)-from, chunk))...)
		if _, err := io.ReadFull(r, body[from:]); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return 0, nil, err
		}
	}
	return head[0], body, nil
}

// appendFrame puts a frame of some parts behind b.
func appendFrame(b []byte, kind byte, parts ...[]byte) []byte {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	b = append(b, kind)
	b = binary.LittleEndian.AppendUint32(b, uint32(n))
	for _, p := range parts {
		b = append(b, p...)
	}
	return b
}

// number is the four bytes in front of content and data.
func number(n uint32) []byte { return binary.LittleEndian.AppendUint32(nil, n) }

// numbered takes the four bytes off.
func numbered(body []byte) (uint32, []byte, error) {
	if len(body) < 4 {
		return 0, nil, fmt.Errorf("%w: %d bytes without a number", errFrame, len(body))
	}
	return binary.LittleEndian.Uint32(body), body[4:], nil
}

// encode is v as JSON. All that is sent is made of strings and numbers.
func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("guest: " + err.Error())
	}
	return b
}

func decode(body []byte, v any) error {
	if err := json.Unmarshal(body, v); err != nil {
		return fmt.Errorf("%w: %w", errFrame, err)
	}
	return nil
}
