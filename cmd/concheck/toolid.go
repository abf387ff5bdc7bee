package main

import (
	"bytes"
	"debug/elf"
	"fmt"
	"io"
	"os"
	"strings"
)

// This file answers -V=full, which the go command asks once for each run of it:
// results stay valid as long as the answer is the same. unitchecker hashes the
// whole program, which takes longer than all the rest where nothing changed. The
// hash that "go build" has left in the program tells the same.

// printToolID answers, if the program holds its hash.
func printToolID(w io.Writer, program string) bool {
	f, err := elf.Open(program)
	if err != nil {
		return false
	}
	defer f.Close()
	s := f.Section(".note.go.buildid")
	if s == nil {
		return false
	}
	note, err := s.Data()
	if err != nil {
		return false
	}
	id := contentID(note)
	if id == "" {
		return false
	}
	_, err = fmt.Fprintf(w, "concheck version devel buildID=%s\n", id)
	return err == nil
}

// contentID is the hash of a program's content in the note that holds its build
// ID: the last of the ID's four parts. Other linkers than that of "go build" may
// leave there what is the same for all programs.
func contentID(note []byte) string {
	const header = 16 // three sizes and "Go\x00\x00"
	if len(note) < header || !bytes.Equal(note[header-4:header], []byte("Go\x00\x00")) {
		return ""
	}
	parts := strings.Split(string(note[header:]), "/")
	if len(parts) != 4 || len(parts[3]) < 20 {
		return ""
	}
	return strings.TrimRight(parts[3], "\x00")
}

// asksToolID reports whether the go command asks for the tool's identity.
func asksToolID(args []string) bool {
	return len(args) == 1 && strings.TrimLeft(args[0], "-") == "V=full"
}

// answerToolID answers and exits, if it can.
func answerToolID() {
	if program, err := os.Executable(); err == nil && printToolID(os.Stdout, program) {
		os.Exit(0)
	}
}
