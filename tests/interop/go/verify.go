// Verify checks a log that onrecord wrote, using only golang.org/x/mod/sumdb: no line of onrecord's
// own code has a part in the answer.
//
//	verify [-sample N] LOG [OLD NEW]
//	verify -proof FILE -leaf FILE (LOG | -vkey FILE)
//
// LOG is a folder with vkey, checkpoint, tile/<L>/<N>[.p/<W>] and tile/entries/<N>[.p/<W>] (C2SP
// tlog-tiles). Exit status: 0 everything holds, 1 something does not (the reason is printed), 2 wrong use.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

func main() {
	sample := flag.Int64("sample", 1000, "check the inclusion of about this many entries; 0 for all of them")
	proof := flag.String("proof", "", "a tlog-proof file to check")
	leaf := flag.String("leaf", "", "the entry that the tlog-proof is about")
	vkey := flag.String("vkey", "", "the log's verifier key, when there is no log folder")
	flag.Parse()

	var err error
	switch {
	case *proof != "" && *leaf != "" && (flag.NArg() == 1) != (*vkey != ""):
		key := *vkey
		if key == "" {
			key = filepath.Join(flag.Arg(0), "vkey")
		}
		err = verifyProof(key, *proof, *leaf)
	case *proof == "" && *leaf == "" && *vkey == "" && *sample >= 0 && (flag.NArg() == 1 || flag.NArg() == 3):
		err = verifyLog(flag.Arg(0), *sample, flag.Args()[1:])
	default:
		fmt.Fprintln(os.Stderr, "usage: verify [-sample N] LOG [OLD NEW]")
		fmt.Fprintln(os.Stderr, "       verify -proof FILE -leaf FILE (LOG | -vkey FILE)")
		os.Exit(2)
	}
	if err != nil {
		fmt.Println("FAILED:", err)
		os.Exit(1)
	}
}

// verifyLog checks signature, root, tiles, inclusion and, if two sizes are given, consistency.
func verifyLog(dir string, sample int64, sizes []string) error {
	signed, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return err
	}
	tree, key, err := openCheckpoint(filepath.Join(dir, "vkey"), signed)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	fmt.Printf("ok: checkpoint of %d entries, signed by %s+%08x\n", tree.N, key.Name(), key.KeyHash())

	leaves, stored, err := readEntries(dir, tree.N)
	if err != nil {
		return err
	}
	root, err := treeHash(tree.N, stored)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("the entries have the root %v, the checkpoint says %v", root, tree.Hash)
	}
	fmt.Printf("ok: the root of all %d entries is the checkpoint's, %v\n", tree.N, root)

	if err := verifyTiles(dir, tree.N, stored); err != nil {
		return err
	}
	if err := verifyInclusion(dir, tree, leaves, sample); err != nil {
		return err
	}
	if len(sizes) == 2 {
		return verifyConsistency(dir, tree, stored, sizes[0], sizes[1])
	}
	return nil
}

// openCheckpoint checks the signature of a checkpoint and reads its text.
func openCheckpoint(vkeyFile string, signed []byte) (tree tlog.Tree, key note.Verifier, err error) {
	vkey, err := os.ReadFile(vkeyFile)
	if err != nil {
		return tree, nil, err
	}
	key, err = note.NewVerifier(strings.TrimSuffix(string(vkey), "\n"))
	if err != nil {
		return tree, nil, fmt.Errorf("vkey: %w", err)
	}
	opened, err := note.Open(signed, note.VerifierList(key))
	if err != nil {
		return tree, nil, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return tree, nil, fmt.Errorf("has %d lines, not 3", len(lines)-1)
	}
	if lines[0] != key.Name() {
		return tree, nil, fmt.Errorf("is of the log %q, the key is of %q", lines[0], key.Name())
	}
	tree.N, err = parseNumber(lines[1])
	if err != nil {
		return tree, nil, fmt.Errorf("size: %w", err)
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, key, err
}

func parseNumber(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != text {
		return 0, fmt.Errorf("%q is not a number", text)
	}
	return n, nil
}

// hashes keeps the stored hashes of a whole tree in memory; it believes only entries.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index < 0 || index >= int64(len(h)) {
			return nil, fmt.Errorf("hash %d is not in the tree", index)
		}
		found[i] = h[index]
	}
	return found, nil
}

// readEntries hashes every entry of the log, bundle by bundle.
func readEntries(dir string, size int64) (leaves []tlog.Hash, stored hashes, err error) {
	for start := int64(0); start < size; start += tileWidth {
		width := size - start
		if width > tileWidth {
			width = tileWidth
		}
		tile := tlog.Tile{H: tileHeight, L: -1, N: start / tileWidth, W: int(width)}
		rest, err := os.ReadFile(tilePath(dir, tile))
		if err != nil {
			return nil, nil, err
		}
		for n := start; n < start+width; n++ {
			if len(rest) < 2 || len(rest)-2 < int(binary.BigEndian.Uint16(rest)) {
				return nil, nil, fmt.Errorf("%s ends within entry %d", tilePath(dir, tile), n)
			}
			end := 2 + int(binary.BigEndian.Uint16(rest))
			leaf := tlog.RecordHash(rest[2:end])
			rest = rest[end:]
			more, err := tlog.StoredHashesForRecordHash(n, leaf, stored)
			if err != nil {
				return nil, nil, err
			}
			leaves, stored = append(leaves, leaf), append(stored, more...)
		}
		if len(rest) != 0 {
			return nil, nil, fmt.Errorf("%s holds more than %d entries", tilePath(dir, tile), width)
		}
	}
	return leaves, stored, nil
}

// treeHash is the root of the first n entries.
func treeHash(n int64, stored tlog.HashReader) (tlog.Hash, error) {
	if n == 0 {
		return sha256.Sum256(nil), nil
	}
	return tlog.TreeHash(n, stored)
}

// tilePath is where C2SP tlog-tiles puts a tile: as sumdb does, without the height, and with
// "entries" for what sumdb calls "data".
func tilePath(dir string, tile tlog.Tile) string {
	path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
	return filepath.Join(dir, strings.Replace(path, "tile/data/", "tile/entries/", 1))
}

// tilesOfTree lists the widest tile at each place: sumdb's list also has the narrower ones.
func tilesOfTree(size int64) []tlog.Tile {
	var tiles []tlog.Tile
	for _, tile := range tlog.NewTiles(tileHeight, 0, size) {
		if last := len(tiles) - 1; last >= 0 && tiles[last].L == tile.L && tiles[last].N == tile.N {
			tiles[last] = tile
		} else {
			tiles = append(tiles, tile)
		}
	}
	return tiles
}

// verifyTiles compares every tile in the folder with the one that the entries make.
func verifyTiles(dir string, size int64, stored hashes) error {
	tiles := tilesOfTree(size)
	for _, tile := range tiles {
		want, err := tlog.ReadTileData(tile, stored)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(tilePath(dir, tile))
		if err != nil {
			return err
		}
		if !bytes.Equal(data, want) {
			return fmt.Errorf("%s is not what the entries make", tilePath(dir, tile))
		}
	}
	fmt.Printf("ok: all %d tiles are what the entries make\n", len(tiles))
	return nil
}

// tileFiles reads tiles from the folder, for sumdb's own reader.
type tileFiles string

func (dir tileFiles) Height() int                     { return tileHeight }
func (dir tileFiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (dir tileFiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		read, err := os.ReadFile(tilePath(string(dir), tile))
		if err != nil {
			return nil, err
		}
		if len(read) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s has %d bytes", tilePath(string(dir), tile), len(read))
		}
		data[i] = read
	}
	return data, nil
}

// verifyInclusion proves entries from the tiles and checks the proofs against the root.
func verifyInclusion(dir string, tree tlog.Tree, leaves []tlog.Hash, sample int64) error {
	step := int64(1)
	if sample > 0 && tree.N > sample {
		step = tree.N / sample
	}
	reader := tlog.TileHashReader(tree, tileFiles(dir))
	checked := 0
	for n := int64(0); n < tree.N; n++ {
		if n%step != 0 && n != tree.N-1 {
			continue
		}
		proof, err := tlog.ProveRecord(tree.N, n, reader)
		if err != nil {
			return fmt.Errorf("inclusion of entry %d: %w", n, err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, n, leaves[n]); err != nil {
			return fmt.Errorf("inclusion of entry %d: %w", n, err)
		}
		if tlog.CheckRecord(proof, tree.N, tree.Hash, n, tlog.RecordHash([]byte("forged"))) == nil {
			return fmt.Errorf("inclusion of entry %d: a forged entry passes", n)
		}
		checked++
	}
	fmt.Printf("ok: inclusion of %d of %d entries\n", checked, tree.N)
	return nil
}

// verifyConsistency checks that the first NEW entries continue the first OLD. If the log was signed
// at one of these sizes and the note was kept (checkpoint.SIZE), its root must be the entries'.
func verifyConsistency(dir string, tree tlog.Tree, stored hashes, oldText, newText string) error {
	oldSize, err1 := parseNumber(oldText)
	newSize, err2 := parseNumber(newText)
	if err1 != nil || err2 != nil || oldSize < 1 || oldSize > newSize || newSize > tree.N {
		return fmt.Errorf("sizes %s and %s: 1 <= OLD <= NEW <= %d is needed", oldText, newText, tree.N)
	}
	roots := make(map[int64]tlog.Hash)
	for _, size := range []int64{oldSize, newSize} {
		root, err := treeHash(size, stored)
		if err != nil {
			return err
		}
		roots[size] = root
		signed, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("checkpoint.%d", size)))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		earlier, _, err := openCheckpoint(filepath.Join(dir, "vkey"), signed)
		if err != nil {
			return fmt.Errorf("checkpoint.%d: %w", size, err)
		}
		if earlier.N != size || earlier.Hash != root {
			return fmt.Errorf("checkpoint.%d contradicts the entries: history was changed", size)
		}
		fmt.Printf("ok: checkpoint.%d is signed and has the root of the first %d entries\n", size, size)
	}
	var reader tlog.HashReader = stored
	if newSize == tree.N {
		reader = tlog.TileHashReader(tree, tileFiles(dir))
	}
	proof, err := tlog.ProveTree(newSize, oldSize, reader)
	if err != nil {
		return fmt.Errorf("consistency: %w", err)
	}
	if err := tlog.CheckTree(proof, newSize, roots[newSize], oldSize, roots[oldSize]); err != nil {
		return fmt.Errorf("consistency of %d with %d: %w", oldSize, newSize, err)
	}
	fmt.Printf("ok: the log of %d entries continues the one of %d (%d hashes)\n", newSize, oldSize, len(proof))
	return nil
}

// verifyProof checks a C2SP tlog-proof file against the entry and the log's key.
func verifyProof(vkeyFile, proofFile, leafFile string) error {
	text, err := os.ReadFile(proofFile)
	if err != nil {
		return err
	}
	leaf, err := os.ReadFile(leafFile)
	if err != nil {
		return err
	}
	index, proof, signed, err := parseProof(string(text))
	if err != nil {
		return fmt.Errorf("%s: %w", proofFile, err)
	}
	tree, key, err := openCheckpoint(vkeyFile, []byte(signed))
	if err != nil {
		return fmt.Errorf("%s: checkpoint: %w", proofFile, err)
	}
	if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(leaf)); err != nil {
		return fmt.Errorf("%s does not prove %s: %w", proofFile, leafFile, err)
	}
	fmt.Printf("ok: %s is entry %d of the %d entries of %s\n", leafFile, index, tree.N, key.Name())
	return nil
}

func parseProof(text string) (index int64, proof tlog.RecordProof, signed string, err error) {
	head, signed, found := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" {
		return 0, nil, "", errors.New("is not a tlog-proof")
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		if _, err := base64.StdEncoding.Strict().DecodeString(strings.TrimPrefix(lines[0], "extra ")); err != nil {
			return 0, nil, "", fmt.Errorf("extra: %w", err)
		}
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return 0, nil, "", errors.New("has no index line")
	}
	if index, err = parseNumber(strings.TrimPrefix(lines[0], "index ")); err != nil {
		return 0, nil, "", err
	}
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return 0, nil, "", err
		}
		proof = append(proof, hash)
	}
	return index, proof, signed, nil
}
