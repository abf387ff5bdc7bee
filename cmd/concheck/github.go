package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
)

// githubFormat prints workflow commands, which GitHub shows as annotations at
// the lines of a change. Paths are relative to the checkout.
var githubFormat = outputFormat{
	name:  "github",
	usage: "print findings as GitHub annotations",
	write: writeGitHub,
}

func writeGitHub(w io.Writer, r *report) error {
	checkout := *r
	if dir := os.Getenv("GITHUB_WORKSPACE"); dir != "" {
		checkout.dir = dir
	}
	out := bufio.NewWriter(w)
	for _, f := range r.findings {
		message := f.message
		for _, s := range f.related {
			file, _ := checkout.slashPath(s.pos.file)
			message += fmt.Sprintf("\n%s:%d: %s", file, s.pos.line, s.message)
		}
		if f.url != "" {
			message += "\n" + f.url
		}
		annotate(out, &checkout, f.pos, f.end, ruleID(f), message)
	}
	for _, p := range r.problems {
		annotate(out, &checkout, p.pos, p.pos, "not analysed", p.message)
	}
	return out.Flush()
}

// annotate prints one command. A column end is meaningful within a line only.
func annotate(w io.Writer, r *report, pos, end position, title, message string) {
	var props []string
	if pos.file != "" {
		file, _ := r.slashPath(pos.file)
		props = append(props, "file="+escapeProperty(file), fmt.Sprintf("line=%d", pos.line))
		if end.line > pos.line {
			props = append(props, fmt.Sprintf("endLine=%d", end.line))
		}
		if pos.col > 0 {
			props = append(props, fmt.Sprintf("col=%d", pos.col))
		}
		if end.line == pos.line && end.col > pos.col {
			props = append(props, fmt.Sprintf("endColumn=%d", end.col))
		}
	}
	props = append(props, "title="+escapeProperty("concheck "+title))
	fmt.Fprintf(w, "::error %s::%s\n", strings.Join(props, ","), escapeData(message))
}

// The characters that GitHub's runner decodes in a command.
var (
	escapeData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace
	escapeProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace
)
