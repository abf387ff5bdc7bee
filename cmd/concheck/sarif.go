package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// sarifFormat is OASIS SARIF 2.1.0. A rule is a check; a result's rule ID is
// its category, which starts with the check's name, as §3.27.5 allows. Related
// places are related locations and, being steps of a schedule, a code flow.
var sarifFormat = outputFormat{
	name:  "sarif",
	usage: "print findings as SARIF 2.1.0",
	write: writeSARIF,
}

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	sourceRoot  = "%SRCROOT%"
)

type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool                `json:"tool"`
		Invocations []sarifInvocation        `json:"invocations"`
		Bases       map[string]sarifArtifact `json:"originalUriBaseIds"`
		ColumnKind  string                   `json:"columnKind"`
		Results     []sarifResult            `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		URI     string      `json:"informationUri"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID    string       `json:"id"`
		Short sarifMessage `json:"shortDescription"`
		Full  sarifMessage `json:"fullDescription"`
		URI   string       `json:"helpUri,omitempty"`
		Help  sarifMessage `json:"help"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifMessage    `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifMessage      `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		CodeFlows    []sarifCodeFlow   `json:"codeFlows,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Fixes        []sarifFix        `json:"fixes,omitempty"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		ID       int           `json:"id,omitempty"`
		Message  *sarifMessage `json:"message,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifCodeFlow struct {
		ThreadFlows []sarifThreadFlow `json:"threadFlows"`
	}
	sarifThreadFlow struct {
		Locations []sarifFlowLocation `json:"locations"`
	}
	sarifFlowLocation struct {
		Location sarifLocation `json:"location"`
	}
	sarifFix struct {
		Description sarifMessage          `json:"description"`
		Changes     []sarifArtifactChange `json:"artifactChanges"`
	}
	sarifArtifactChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion   `json:"deletedRegion"`
		Inserted *sarifMessage `json:"insertedContent,omitempty"`
	}
)

func writeSARIF(w io.Writer, r *report) error {
	s := &sarifWriter{report: r, index: make(map[string]int), seen: make(map[string]int)}
	run := sarifRun{
		Tool:        sarifTool{s.driver()},
		Invocations: []sarifInvocation{s.invocation()},
		Bases:       map[string]sarifArtifact{sourceRoot: {URI: fileURI(r.dir) + "/"}},
		ColumnKind:  "unicodeCodePoints",
		Results:     []sarifResult{}, // an empty list says "nothing found", null "not looked"
	}
	for _, f := range r.findings {
		run.Results = append(run.Results, s.result(f))
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

type sarifWriter struct {
	report *report
	src    sources
	index  map[string]int // of a check among the rules
	seen   map[string]int // fingerprints so far
}

func (s *sarifWriter) driver() sarifDriver {
	d := sarifDriver{Name: "concheck", Version: version(), URI: "https://github.com/concheck/concheck", Rules: []sarifRule{}}
	for i, a := range s.report.checks {
		s.index[a.Name] = i
		d.Rules = append(d.Rules, sarifRule{
			ID:    a.Name,
			Short: sarifMessage{summary(a)},
			Full:  sarifMessage{paragraph(a)},
			URI:   a.URL,
			Help:  sarifMessage{strings.TrimSpace(a.Doc)},
		})
	}
	return d
}

// paragraph returns what the documentation says below the summary.
func paragraph(a *analysis.Analyzer) string {
	_, rest, _ := strings.Cut(strings.TrimSpace(a.Doc), "\n\n")
	first, _, _ := strings.Cut(rest, "\n\n")
	if first == "" {
		return summary(a)
	}
	return strings.Join(strings.Fields(first), " ")
}

func (s *sarifWriter) invocation() sarifInvocation {
	inv := sarifInvocation{Successful: len(s.report.problems) == 0}
	for _, p := range s.report.problems {
		n := sarifNotification{Level: "error", Message: sarifMessage{p.message}}
		if p.pos.file != "" {
			n.Locations = []sarifLocation{s.location(p.pos, p.pos)}
		}
		inv.Notifications = append(inv.Notifications, n)
	}
	return inv
}

func (s *sarifWriter) result(f finding) sarifResult {
	res := sarifResult{
		RuleID:       ruleID(f),
		RuleIndex:    s.index[f.check],
		Level:        "error",
		Message:      sarifMessage{f.message},
		Locations:    []sarifLocation{s.location(f.pos, f.end)},
		Fingerprints: map[string]string{"concheck/v1": s.fingerprint(f)},
	}
	var flow sarifThreadFlow
	for i, step := range f.related {
		loc := s.location(step.pos, step.end)
		loc.Message = &sarifMessage{step.message}
		flow.Locations = append(flow.Locations, sarifFlowLocation{loc})
		loc.ID = i + 1
		res.Related = append(res.Related, loc)
	}
	if flow.Locations != nil {
		res.CodeFlows = []sarifCodeFlow{{[]sarifThreadFlow{flow}}}
	}
	for _, x := range f.fixes {
		res.Fixes = append(res.Fixes, s.fix(x))
	}
	return res
}

// ruleID returns the stable code of a finding, below its check's name.
func ruleID(f finding) string {
	switch {
	case f.category == "" || f.category == f.check:
		return f.check
	case strings.HasPrefix(f.category, f.check+"/"):
		return f.category
	}
	return f.check + "/" + f.category
}

func (s *sarifWriter) location(pos, end position) sarifLocation {
	loc := sarifLocation{Physical: sarifPhysical{Artifact: s.artifact(pos.file)}}
	if pos.line == 0 {
		return loc
	}
	region := &sarifRegion{StartLine: pos.line, StartColumn: s.src.column(pos)}
	if end.file == pos.file && end.compare(pos) > 0 {
		region.EndLine, region.EndColumn = end.line, s.src.column(end)
	}
	loc.Physical.Region = region
	return loc
}

func (s *sarifWriter) artifact(file string) sarifArtifact {
	path, below := s.report.slashPath(file)
	if !below {
		return sarifArtifact{URI: fileURI(path)}
	}
	return sarifArtifact{URI: (&url.URL{Path: path}).EscapedPath(), Base: sourceRoot}
}

func fileURI(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

func (s *sarifWriter) fix(x fix) sarifFix {
	out := sarifFix{Description: sarifMessage{x.message}}
	at := make(map[string]int)
	for _, e := range x.edits {
		i, ok := at[e.file]
		if !ok {
			i = len(out.Changes)
			at[e.file] = i
			out.Changes = append(out.Changes, sarifArtifactChange{Artifact: s.artifact(e.file)})
		}
		start, end := s.src.position(e.file, e.start), s.src.position(e.file, e.end)
		out.Changes[i].Replacements = append(out.Changes[i].Replacements, sarifReplacement{
			Deleted:  sarifRegion{start.line, s.src.column(start), end.line, s.src.column(end)},
			Inserted: &sarifMessage{e.text},
		})
	}
	return out
}

// fingerprint identifies a finding while lines above it come and go: by rule,
// file and the text of its line, numbered where these repeat.
func (s *sarifWriter) fingerprint(f finding) string {
	path, _ := s.report.slashPath(f.pos.file)
	sum := sha256.Sum256([]byte(ruleID(f) + "\n" + path + "\n" + strings.TrimSpace(s.src.line(f.pos))))
	id := hex.EncodeToString(sum[:16])
	s.seen[id]++
	return fmt.Sprintf("%s:%d", id, s.seen[id])
}
