import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/**
 * Lucene as a yardstick. It indexes a file of texts already cut into terms, then answers what comes in by the line:
 * words, phrase, words not wanted, filters, facets to count; after "go", a line for each with milliseconds, hits, and
 * the sum of the counts of the twelve most frequent values of each facet.
 */
public class Search {
  static final int TOP = 20;
  static final int VALUES = 12;

  record Question(Query query, String[] facets) {}

  static void build(Path corpus, Path folder) throws IOException {
    var config = new IndexWriterConfig(new WhitespaceAnalyzer()).setRAMBufferSizeMB(256);
    try (var writer = new IndexWriter(new MMapDirectory(folder), config);
        var lines = Files.newBufferedReader(corpus, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split("\t", -1);
        var document = new Document();
        document.add(new TextField("text", fields[0], Field.Store.NO));
        for (String value : fields[1].isEmpty() ? new String[0] : fields[1].split(";")) {
          document.add(new StringField("value", value, Field.Store.NO));
          int at = value.indexOf('=');
          document.add(new SortedSetDocValuesField(value.substring(0, at), new BytesRef(value.substring(at + 1))));
        }
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  static String[] words(String field) {
    return field.isEmpty() ? new String[0] : field.split(" ");
  }

  static Question read(String line) {
    String[] fields = line.split("\t", -1);
    var query = new BooleanQuery.Builder();
    for (String word : words(fields[0])) query.add(new TermQuery(new Term("text", word)), BooleanClause.Occur.MUST);
    if (!fields[1].isEmpty()) query.add(new PhraseQuery("text", words(fields[1])), BooleanClause.Occur.MUST);
    for (String word : words(fields[2])) query.add(new TermQuery(new Term("text", word)), BooleanClause.Occur.MUST_NOT);
    for (String filter : words(fields[3])) {
      var any = new BooleanQuery.Builder();
      for (String value : filter.split(";")) any.add(new TermQuery(new Term("value", value)), BooleanClause.Occur.SHOULD);
      query.add(any.build(), BooleanClause.Occur.FILTER);
    }
    return new Question(query.build(), words(fields[4]));
  }

  /** Keeps which documents were found, beside those that came first. */
  static class Found extends SimpleCollector {
    final FixedBitSet bits;
    int base;

    Found(int documents) {
      bits = new FixedBitSet(documents);
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) {
      base = context.docBase;
    }

    @Override
    public void collect(int doc) {
      bits.set(base + doc);
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }

  static long countFacet(LeafReader leaf, String facet, FixedBitSet found) throws IOException {
    SortedSetDocValues values = DocValues.getSortedSet(leaf, facet);
    int[] counts = new int[(int) values.getValueCount()];
    for (int doc = found.nextSetBit(0); doc != DocIdSetIterator.NO_MORE_DOCS; ) {
      if (values.advanceExact(doc))
        for (long ord = values.nextOrd(); ord != SortedSetDocValues.NO_MORE_ORDS; ord = values.nextOrd()) counts[(int) ord]++;
      doc = doc + 1 < found.length() ? found.nextSetBit(doc + 1) : DocIdSetIterator.NO_MORE_DOCS;
    }
    int[] top = new int[VALUES + 1];
    for (int count : counts) {
      if (count <= top[VALUES]) continue;
      int at = VALUES;
      while (at > 0 && top[at - 1] < count) {
        top[at] = top[at - 1];
        at--;
      }
      top[at] = count;
    }
    long sum = 0;
    for (int i = 0; i < VALUES; i++) sum += top[i];
    return sum;
  }

  static String answer(IndexSearcher searcher, LeafReader leaf, Question question) throws IOException {
    long begun = System.nanoTime();
    var top = TopScoreDocCollector.create(TOP, Integer.MAX_VALUE);
    var found = new Found(leaf.maxDoc());
    searcher.search(question.query, MultiCollector.wrap(top, found));
    long hits = top.topDocs().totalHits.value;
    long sum = 0;
    for (String facet : question.facets) sum += countFacet(leaf, facet, found.bits);
    return (System.nanoTime() - begun) / 1e6 + " " + hits + " " + sum;
  }

  public static void main(String[] given) throws IOException {
    Path folder = Path.of(given[1]);
    if (!Files.exists(folder)) build(Path.of(given[0]), folder);
    try (var reader = DirectoryReader.open(new MMapDirectory(folder))) {
      var searcher = new IndexSearcher(reader);
      // Answers that are remembered would measure the memory.
      searcher.setQueryCache(null);
      LeafReader leaf = reader.leaves().get(0).reader();
      var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      List<Question> questions = new ArrayList<>();
      System.out.println("ready");
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        if (!line.equals("go")) {
          questions.add(read(line));
          continue;
        }
        for (Question question : questions) System.out.println(answer(searcher, leaf, question));
        questions.clear();
      }
    }
  }
}
