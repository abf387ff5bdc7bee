// Package workerexit has workers that may stop before the work is done.
package workerexit
