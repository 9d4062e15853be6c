//go:build !unix

package main

func limiter(order) (func(int64) error, error) { return nil, errNoMount }

func ballast(string) func(int64) error { return nil }
