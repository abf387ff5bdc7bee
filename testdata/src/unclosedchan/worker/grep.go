package worker

import (
	"bufio"
	"io"
	"strings"
)

type finding struct {
	file string
	line int
}

// Grep searches the files for a word and calls report for each line with it.
func Grep(files map[string]io.Reader, word string, report func(file string, line int)) {
	findings := make(chan finding, 4)
	go func() {
		for f := range findings { // want "range over findings never ends"
			report(f.file, f.line)
		}
	}()
	for name, r := range files {
		if r == nil {
			continue
		}
		lines := bufio.NewScanner(r)
		for n := 1; lines.Scan(); n++ {
			if strings.Contains(lines.Text(), word) {
				findings <- finding{name, n}
			}
		}
		if lines.Err() != nil {
			return
		}
	}
	close(findings)
}

type findingFixed struct {
	file string
	line int
}

// GrepFixed searches the files for a word and calls report for each line with it.
func GrepFixed(files map[string]io.Reader, word string, report func(file string, line int)) {
	findings := make(chan findingFixed, 4)
	go func() {
		for f := range findings {
			report(f.file, f.line)
		}
	}()
	for name, r := range files {
		if r == nil {
			continue
		}
		lines := bufio.NewScanner(r)
		for n := 1; lines.Scan(); n++ {
			if strings.Contains(lines.Text(), word) {
				findings <- findingFixed{name, n}
			}
		}
		if lines.Err() != nil {
			break
		}
	}
	close(findings)
}
