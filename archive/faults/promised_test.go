//go:build faults

package main

import "testing"

// As much as the archive promises. It takes some minutes:
//
//	go test -tags faults ./archive/faults -run TestAsPromised -v
func TestAsPromised(t *testing.T) {
	for _, p := range parts() {
		t.Run(p.name, func(t *testing.T) { suffer(t, asPromised(), p.name) })
	}
}
