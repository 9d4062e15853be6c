//go:build !linux

package main

func fileSystem(string) (name, why string) { return "", "" }
