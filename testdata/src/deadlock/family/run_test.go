//go:build run

package family

import (
	"testing"

	"example.com/corpus/silent/outcome"
)

func newStream() *stream {
	s := &stream{consumers: map[string]*consumer{}, seen: map[*consumer]bool{}}
	s.add("a")
	return s
}

func TestOutcome(t *testing.T) {
	outcome.Check(t, map[string]outcome.Case{
		"purge":           {func() { newStream().purge() }, outcome.Hangs},
		"describeAll":     {func() { newStream().describeAll() }, outcome.Returns}, // no writer comes
		"describeLocked":  {func() { newStream().describeLocked() }, outcome.Returns},
		"describeCopied":  {func() { newStream().describeCopied() }, outcome.Returns},
		"groupShares":     {func() { g := &group{}; g.add(); g.adopt(&member{of: &group{members: []*member{nil}}}); g.shares() }, outcome.Returns},
		"clubSizes":       {func() { c := &club{}; c.add(); c.guest[0].move(newClub(nil)); c.sizes() }, outcome.Returns},
		"clientSync":      {func() { (&client{urls: []string{"a"}}).sync() }, outcome.Hangs},
		"clientSyncWith":  {func() { (&client{}).syncWith(&client{urls: []string{"a"}}) }, outcome.Returns},
		"clientSyncLater": {func() { (&client{urls: []string{"a"}}).syncLater()() }, outcome.Returns},
	})
}
