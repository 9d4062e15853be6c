//go:build !linux

package main

import "time"

// processorTime is how long do takes on the wall.
func processorTime(do func()) time.Duration {
	began := time.Now()
	do()
	return time.Since(began)
}
