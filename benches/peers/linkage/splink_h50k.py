"""Splink 5 on its own labelled set historical_50k (MIT, GitHub moj-analytical-services/splink_datasets).
usage: splink_h50k.py historical_figures_with_errors_50k.parquet"""
import logging
import sys
import duckdb
import numpy as np
import splink
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from common import Phases, pair_eval, save

logging.getLogger("splink").setLevel(logging.ERROR)
ph = Phases()
con = duckdb.connect()
con.execute("set threads=2")
con.execute(f"""create table h as select unique_id, cluster as ent, first_name, surname, first_and_surname, dob, birth_place,
    postcode_fake, gender, occupation from '{sys.argv[1]}'""")
db = DuckDBAPI(con)
ph.lap("load")
RULES = [["substr(first_name,1,3)", "substr(surname,1,4)"], ["surname", "dob"], ["first_name", "dob"],
         ["postcode_fake", "first_name"], ["postcode_fake", "surname"], ["dob", "birth_place"],
         ["substr(postcode_fake,1,3)", "dob"], ["postcode_fake", "occupation"]]
settings = SettingsCreator(
    link_type="dedupe_only",
    comparisons=[
        cl.JaroWinklerAtThresholds("first_name", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("surname", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("dob", [1, 2]),
        cl.LevenshteinAtThresholds("postcode_fake", [2]),
        cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
        cl.ExactMatch("occupation").configure(term_frequency_adjustments=True)],
    blocking_rules_to_generate_predictions=[block_on(*r) for r in RULES],
    retain_matching_columns=False)
linker = Linker(db.register("h"), settings, log_level=logging.ERROR)
ph.lap("setup")
linker.training.estimate_probability_two_random_records_match([block_on("first_name", "surname", "dob")], recall=0.6)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=7)
ph.lap("prior_and_u")
linker.training.estimate_parameters_using_expectation_maximisation(block_on("first_name", "surname"))
linker.training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
ph.lap("em")
pred = linker.inference.predict(threshold_match_weight=-10)
ph.lap("block_and_score")
linker.clustering.cluster_pairwise_predictions_at_threshold(pred, threshold_match_probability=0.95)
ph.lap("cluster")
r = con.execute(f"""select p.match_weight w, a.ent = b.ent m from {pred.physical_name} p
   join h a on a.unique_id = p.unique_id_l join h b on b.unique_id = p.unique_id_r""").fetchnumpy()
tp = con.execute("select sum(n * (n - 1) / 2) from (select count(*) n from h group by ent)").fetchall()[0][0]
ev = pair_eval(np.asarray(r["w"]), np.asarray(r["m"]), float(tp))
ph.lap("evaluate")
save("splink_h50k", ph.report(engine=f"splink {splink.__version__} duckdb {duckdb.__version__}", records=50578, true_pairs=int(tp), quality=ev))
